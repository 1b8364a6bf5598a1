using System.Runtime.CompilerServices;

namespace Kelvin.Linear;

/// <summary>Rows read where they lie in the matrix, number after number.</summary>
internal readonly struct PlacedRows : IPanelRows
{
    public static int Step => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T At<T>(ref T row, nint l, int steps) => ref Unsafe.Add(ref row, l + steps);
}
