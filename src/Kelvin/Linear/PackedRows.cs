using System.Runtime.CompilerServices;

namespace Kelvin.Linear;

/// <summary>Rows that were packed: the six numbers of one step along k lie together.</summary>
internal readonly struct PackedRows : IPanelRows
{
    public static int Step => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T At<T>(ref T row, nint l, int steps) => ref Unsafe.Add(ref row, l + (6 * steps));
}
