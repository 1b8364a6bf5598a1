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
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T row = ref MemoryMarshal.GetReference(matrix.Span);
        for (int i = 0; i < matrix.Rows; i++)
        {
            CacheHint.Soon(ref row, matrix.Columns);
            row = ref Unsafe.Add(ref row, matrix.Stride);
        }
    }
}
