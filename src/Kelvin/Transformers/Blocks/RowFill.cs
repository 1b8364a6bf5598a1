using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Transformers.Blocks;

/// <summary>Lays down what a product is then added to: a bias in every row, a residual, or both.</summary>
internal static class RowFill
{
    /// <summary>yᵢ = b.</summary>
    public static void Bias<T>(ReadOnlyMemory<T> bias, MatrixView<T> y, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.Length(bias.Span, y.Columns);
        ParallelRange.For(y.Rows, NormDoor.Grain(Math.Max(1, y.Columns)), threads, new BiasBody<T>(bias, y));
    }

    /// <summary>yᵢ = rᵢ + b; an empty b is 0.</summary>
    public static void Residual<T>(ReadOnlyMatrixView<T> residual, ReadOnlyMemory<T> bias, MatrixView<T> y, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.SameShape(y.Rows, y.Columns, residual.Rows, residual.Columns, nameof(residual));
        if (!bias.IsEmpty)
            Require.Length(bias.Span, y.Columns);
        ParallelRange.For(y.Rows, NormDoor.Grain(Math.Max(1, y.Columns)), threads, new ResidualBody<T>(residual, bias, y));
    }

    private readonly struct BiasBody<T>(ReadOnlyMemory<T> bias, MatrixView<T> y) : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
                bias.Span.CopyTo(y.Row(i));
        }
    }

    private readonly struct ResidualBody<T>(ReadOnlyMatrixView<T> residual, ReadOnlyMemory<T> bias, MatrixView<T> y) : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                if (bias.IsEmpty)
                    residual.Row(i).CopyTo(y.Row(i));
                else
                    TensorPrimitives.Add(residual.Row(i), bias.Span, y.Row(i));
            }
        }
    }
}
