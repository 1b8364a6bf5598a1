using System.Runtime.CompilerServices;

namespace Kelvin.Linear;

/// <summary>Rows that were packed: the six numbers of one step along k lie together.</summary>
internal readonly struct PackedRows : IPanelRows
{
    /// <summary>Rows of a panel.</summary>
    public const int Height = 6;

    public static int Step => Height;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T At<T>(ref T row, nint l, int steps) => ref Unsafe.Add(ref row, l + (Height * steps));
}
