using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>Tells the machine of a short sequence's rows before its heads begin: a head takes a few columns of each, a pattern that hardware does not foresee.</summary>
internal static class CacheRows
{
    /// <summary>Asks for all rows of a matrix.</summary>
    public static void Soon<T>(ReadOnlyMatrixView<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Soon(ref MemoryMarshal.GetReference(matrix.Span), matrix.Stride, matrix.Rows, matrix.Columns);

    /// <summary>Asks for rows of so many columns, <paramref name="stride"/> apart.</summary>
    public static void Soon<T>(ref T row, nint stride, int rows, int columns)
        where T : unmanaged
    {
        for (int i = 0; i < rows; i++)
        {
            CacheHint.Soon(ref row, columns);
            row = ref Unsafe.Add(ref row, stride);
        }
    }
}
