using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kelvin.Linear;

namespace Kelvin.Transformers.Weights;

/// <summary>Rows of one stored type, without gaps, with an optional scale each.</summary>
/// <param name="stored">W, shape [rows × columns].</param>
/// <param name="columns">Length of a row.</param>
/// <param name="scales">One a row; empty where all are 1.</param>
internal sealed class FormatRows<TStored, TFormat>(ReadOnlyMemory<TStored> stored, int columns, float[] scales) : StoredRows
    where TStored : unmanaged
    where TFormat : struct, IStoredFormat<TStored>
{
    /// <inheritdoc/>
    public override long Bytes => ((long)stored.Length * Unsafe.SizeOf<TStored>()) + (scales.LongLength * sizeof(float));

    /// <inheritdoc/>
    public override long Length => (long)stored.Length * Unsafe.SizeOf<TStored>();

    /// <inheritdoc/>
    public override void Touch(long first, int count)
    {
        const int Line = 64;
        ref byte origin = ref Unsafe.As<TStored, byte>(ref MemoryMarshal.GetReference(stored.Span));
        for (int i = 0; i < count; i += Line)
            _ = Volatile.Read(ref Unsafe.Add(ref origin, (nint)first + i));
    }

    /// <inheritdoc/>
    public override void Products(int start, int end, ReadOnlyMatrixView<float> x, MatrixView<float> y)
    {
        if (Vector512.IsHardwareAccelerated)
            Products<Simd512<float>, Vector512<float>>(start, end, x, y);
        else if (Vector256.IsHardwareAccelerated)
            Products<Simd256<float>, Vector256<float>>(start, end, x, y);
        else if (Vector128.IsHardwareAccelerated)
            Products<Simd128<float>, Vector128<float>>(start, end, x, y);
        else
            Products<SimdScalar<float>, float>(start, end, x, y);
    }

    /// <inheritdoc/>
    public override void Widen(int row, Span<float> destination)
    {
        ReadOnlySpan<TStored> source = stored.Span.Slice(row * columns, columns);
        if (Vector512.IsHardwareAccelerated)
            WeightKernel<Simd512<float>, Vector512<float>, TStored, TFormat>.Widen(source, destination);
        else if (Vector256.IsHardwareAccelerated)
            WeightKernel<Simd256<float>, Vector256<float>, TStored, TFormat>.Widen(source, destination);
        else
            WeightKernel<SimdScalar<float>, float, TStored, TFormat>.Widen(source, destination);
        if (scales.Length > 0)
            TensorPrimitives.Multiply(destination, scales[row], destination);
    }

    /// <summary>As <see cref="Products(int, int, ReadOnlyMatrixView{float}, MatrixView{float})"/>, at a width that the caller chose.</summary>
    internal void Products<TSimd, TVector>(int start, int end, ReadOnlyMatrixView<float> x, MatrixView<float> y)
        where TSimd : struct, ISimd<TVector, float>
        where TVector : struct
    {
        ref TStored origin = ref MemoryMarshal.GetReference(stored.Span);
        ref float vectors = ref MemoryMarshal.GetReference(x.Span);
        Span<float> sums = y.Span;
        if (x.Rows == 1)
        {
            Span<float> own = sums[start..end];
            WeightKernel<TSimd, TVector, TStored, TFormat>.Rows(ref Unsafe.Add(ref origin, (nint)start * columns), columns, ref vectors, own);
            if (scales.Length > 0)
                TensorPrimitives.Multiply(own, scales.AsSpan(start, own.Length), own);
            return;
        }

        for (int row = start; row < end; row++)
        {
            ref TStored w = ref Unsafe.Add(ref origin, (nint)row * columns);
            float scale = scales.Length == 0 ? 1 : scales[row];
            int n = 0;
            for (; n <= x.Rows - 2; n += 2)
            {
                (float sum, float other) = WeightKernel<TSimd, TVector, TStored, TFormat>.Two(
                    ref w, columns, ref Unsafe.Add(ref vectors, (nint)n * x.Stride), ref Unsafe.Add(ref vectors, (nint)(n + 1) * x.Stride));
                sums[(n * y.Stride) + row] = sum * scale;
                sums[((n + 1) * y.Stride) + row] = other * scale;
            }

            if (n < x.Rows)
                sums[(n * y.Stride) + row] = WeightKernel<TSimd, TVector, TStored, TFormat>.One(ref w, columns, ref Unsafe.Add(ref vectors, (nint)n * x.Stride)) * scale;
        }
    }
}
