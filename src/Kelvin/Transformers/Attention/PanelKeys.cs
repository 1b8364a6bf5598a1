using System.Runtime.CompilerServices;

namespace Kelvin.Transformers.Attention;

/// <summary>Six keys packed in a panel, side by side.</summary>
internal readonly struct PanelKeys : IRowLayout
{
    public static int Step => TileSize.Rows;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T At<T>(ref T a, nint apart, int row, int steps) => ref Unsafe.Add(ref a, (TileSize.Rows * steps) + row);
}
