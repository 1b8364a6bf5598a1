using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kelvin.Linear;

/// <summary>Copies blocks of op(A) and op(B) into the order in which the micro-kernel reads them.</summary>
internal static class GemmPack
{
    /// <summary>Numbers that are copied one by one.</summary>
    private const int Few = 4;

    /// <summary>A panel of up to <paramref name="height"/> rows: element (i, l) goes to l·height + i.</summary>
    public static void Panel<T>(in StridedMatrix<T> a, int row, int rows, int column, int depth, int height, ref T packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (a.RowStride == 1)
            Copy(ref a.At(row, column), a.ColumnStride, rows, depth, height, ref packed);
        else
            Interleave(ref a.At(row, column), a.RowStride, rows, depth, height, ref packed);
    }

    /// <summary>A strip of up to <paramref name="width"/> columns: element (l, j) goes to l·width + j.</summary>
    public static void Strip<T>(in StridedMatrix<T> b, int row, int depth, int column, int columns, int width, ref T packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (columns < width)
            MemoryMarshal.CreateSpan(ref packed, depth * width).Clear();   // left-over numbers must not be multiplied
        if (b.ColumnStride == 1)
            Copy(ref b.At(row, column), b.RowStride, columns, depth, width, ref packed);
        else
            Interleave(ref b.At(row, column), b.ColumnStride, columns, depth, width, ref packed);
    }

    /// <summary>Copies a line. A few numbers are there before a call to copy them has begun.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line<T>(ref T source, int length, ref T to)
        where T : unmanaged
    {
        if (length > Few)
        {
            MemoryMarshal.CreateReadOnlySpan(ref source, length).CopyTo(MemoryMarshal.CreateSpan(ref to, length));
            return;
        }

        for (nint j = 0; j < length; j++)
            Unsafe.Add(ref to, j) = Unsafe.Add(ref source, j);
    }

    /// <summary>Lines that lie as they are to lie, <paramref name="stride"/> apart.</summary>
    private static void Copy<T>(ref T source, nint stride, int length, int lines, int width, ref T packed)
        where T : unmanaged
    {
        for (int l = 0; l < lines; l++)
        {
            Line(ref source, length, ref packed);
            source = ref Unsafe.Add(ref source, stride);
            packed = ref Unsafe.Add(ref packed, width);
        }
    }

    /// <summary>Lines that lie across, <paramref name="stride"/> apart: their heads are gathered, then what follows each head.</summary>
    private static void Interleave<T>(ref T source, nint stride, int lines, int length, int width, ref T packed)
        where T : unmanaged
    {
        int i = 0;
        for (; i <= lines - 4; i += 4)
            InterleaveFour(ref Unsafe.Add(ref source, i * stride), stride, length, width, ref Unsafe.Add(ref packed, i));
        for (; i < lines; i++)
        {
            ref T line = ref Unsafe.Add(ref source, i * stride);
            for (nint l = 0; l < length; l++)
                Unsafe.Add(ref packed, (l * width) + i) = Unsafe.Add(ref line, l);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InterleaveFour<T>(ref T source, nint stride, int length, int width, ref T packed)
        where T : unmanaged
    {
        ref T second = ref Unsafe.Add(ref source, stride);
        ref T third = ref Unsafe.Add(ref source, 2 * stride);
        ref T fourth = ref Unsafe.Add(ref source, 3 * stride);
        for (nint l = 0; l < length; l++)
        {
            packed = Unsafe.Add(ref source, l);
            Unsafe.Add(ref packed, 1) = Unsafe.Add(ref second, l);
            Unsafe.Add(ref packed, 2) = Unsafe.Add(ref third, l);
            Unsafe.Add(ref packed, 3) = Unsafe.Add(ref fourth, l);
            packed = ref Unsafe.Add(ref packed, width);
        }
    }
}
