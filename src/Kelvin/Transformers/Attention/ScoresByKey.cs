using System.Runtime.CompilerServices;

namespace Kelvin.Transformers.Attention;

/// <summary>The scores of six queries, side by side, read key by key.</summary>
internal readonly struct ScoresByKey : IRowLayout
{
    public static int Step => TileSize.Queries;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T At<T>(ref T a, nint apart, int row, int steps) => ref Unsafe.Add(ref a, (TileSize.Queries * steps) + row);
}
