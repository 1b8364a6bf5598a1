using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Linear;

/// <summary>Copies blocks of op(A) and op(B) into the order in which the micro-kernel reads them.</summary>
internal static class GemmPack
{
    private const int LinesAhead = 16;

    /// <summary>Whether lines so many elements apart lie about a page (4 KB) apart: no line brings the next one near, and each needs an address looked up.</summary>
    public static bool ArePagesApart<T>(nint stride)
        where T : unmanaged =>
        stride * Unsafe.SizeOf<T>() > 3072;

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
        int vector = Vector128<T>.Count;
        if (length > 2 * vector)
        {
            MemoryMarshal.CreateReadOnlySpan(ref source, length).CopyTo(MemoryMarshal.CreateSpan(ref to, length));
        }
        else if (length >= vector)
        {
            nuint last = (nuint)(length - vector);   // the two vectors may overlap
            Vector128<T> head = Vector128.LoadUnsafe(ref source), tail = Vector128.LoadUnsafe(ref source, last);
            head.StoreUnsafe(ref to);
            tail.StoreUnsafe(ref to, last);
        }
        else
        {
            for (nint j = 0; j < length; j++)
                Unsafe.Add(ref to, j) = Unsafe.Add(ref source, j);
        }
    }

    /// <summary>Lines that lie as they are to lie, <paramref name="stride"/> apart.</summary>
    private static void Copy<T>(ref T source, nint stride, int length, int lines, int width, ref T packed)
        where T : unmanaged
    {
        if (Vector256<T>.IsSupported && length == width && width % Vector256<T>.Count == 0)
        {
            CopyVectors(ref source, stride, lines, width, ref packed);
            return;
        }

        for (int l = 0; l < lines; l++)
        {
            Line(ref source, length, ref packed);
            source = ref Unsafe.Add(ref source, stride);
            packed = ref Unsafe.Add(ref packed, width);
        }
    }

    /// <summary>Whole vectors need no call for each line. Lines far apart are asked for ahead, which is 3 % of a product of 1024³.</summary>
    private static void CopyVectors<T>(ref T source, nint stride, int lines, int width, ref T packed)
        where T : unmanaged
    {
        bool far = ArePagesApart<T>(stride);
        for (int l = 0; l < lines; l++)
        {
            if (far)
                CacheHint.Soon(ref Unsafe.Add(ref source, LinesAhead * stride), width);
            for (nint j = 0; j < width; j += Vector256<T>.Count)
                Vector256.LoadUnsafe(ref source, (nuint)j).StoreUnsafe(ref packed, (nuint)j);
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
        for (; i <= lines - 2; i += 2)
            InterleaveTwo(ref Unsafe.Add(ref source, i * stride), stride, length, width, ref Unsafe.Add(ref packed, i));
        if (i < lines)
            Spread(ref Unsafe.Add(ref source, i * stride), 0, length, width, ref Unsafe.Add(ref packed, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InterleaveFour<T>(ref T source, nint stride, nint length, nint width, ref T packed)
        where T : unmanaged
    {
        for (nint l = Turn(ref source, stride, 4, length, width, ref packed); l < length; l++)
        {
            ref T from = ref Unsafe.Add(ref source, l);
            ref T to = ref Unsafe.Add(ref packed, l * width);
            to = from;
            Unsafe.Add(ref to, 1) = Unsafe.Add(ref from, stride);
            Unsafe.Add(ref to, 2) = Unsafe.Add(ref from, 2 * stride);
            Unsafe.Add(ref to, 3) = Unsafe.Add(ref from, 3 * stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InterleaveTwo<T>(ref T source, nint stride, nint length, nint width, ref T packed)
        where T : unmanaged
    {
        nint l = Turn(ref source, stride, 2, length, width, ref packed);
        Spread(ref source, l, length, width, ref packed);
        Spread(ref Unsafe.Add(ref source, stride), l, length, width, ref Unsafe.Add(ref packed, 1));
    }

    /// <summary>Turns floats of two or four lines, four numbers of each at a time; where the rest begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Turn<T>(ref T source, nint stride, int lines, nint length, nint width, ref T packed)
        where T : unmanaged
    {
        nint l = 0;
        for (; typeof(T) == typeof(float) && l <= length - 4; l += 4)
        {
            ref float from = ref Unsafe.As<T, float>(ref Unsafe.Add(ref source, l));
            ref float to = ref Unsafe.As<T, float>(ref Unsafe.Add(ref packed, l * width));
            if (lines == 4)
                FourLines.Turn(ref from, stride, ref to, width);
            else
                FourLines.TurnTwo(ref from, stride, ref to, width);
        }

        return l;
    }

    private static void Spread<T>(ref T line, nint start, nint length, nint width, ref T packed)
        where T : unmanaged
    {
        for (nint l = start; l < length; l++)
            Unsafe.Add(ref packed, l * width) = Unsafe.Add(ref line, l);
    }
}
