using System.Runtime.CompilerServices;

namespace Kelvin.Transformers.Attention;

/// <summary>The scores of six keys, one below another, read query by query.</summary>
internal readonly struct ScoresByQuery : IRowLayout
{
    public static int Step => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T At<T>(ref T a, nint apart, int row, int steps) => ref Unsafe.Add(ref a, (TileSize.Queries * row) + steps);
}
