using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Transformers.Training;

/// <summary>From a gradient to new weights, in blocks that stay in the caches of the thread that has them.</summary>
/// <remarks>Sums are taken block by block, so no bit depends on the number of threads.</remarks>
internal sealed class WeightStep<T>(Memory<T> gradient, Memory<T> weights, Optimiser<T> optimiser)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Block = 8192;

    private readonly double[] _squares = new double[((weights.Length - 1) / Block) + 1];
    private readonly double[] _weightSquares = new double[((weights.Length - 1) / Block) + 1];

    /// <summary>‖g‖ and ‖w‖.</summary>
    public (double Gradient, double Weights) Norms(int threads)
    {
        ParallelRange.For(weights.Length, Block, threads, new NormBody(this));
        return (Magnitude.Norm<T>(gradient.Span, TensorPrimitives.Sum<double>(_squares)), Magnitude.Norm<T>(weights.Span, TensorPrimitives.Sum<double>(_weightSquares)));
    }

    /// <summary>Takes the step of the gradient times <paramref name="scale"/>, leaves it in place of the gradient, and returns ‖Δ‖.</summary>
    public double Take(double scale, double learningRate, long step, int threads)
    {
        ParallelRange.For(weights.Length, Block, threads, new TakeBody(this, scale, learningRate, step));
        return Magnitude.Norm<T>(gradient.Span, TensorPrimitives.Sum<double>(_squares));
    }

    private void MeasureBlock(int start, int end)
    {
        _squares[start / Block] = Magnitude.SumOfSquares<T>(gradient.Span[start..end]);
        _weightSquares[start / Block] = Magnitude.SumOfSquares<T>(weights.Span[start..end]);
    }

    private void TakeBlock(int start, int end, double scale, double learningRate, long step)
    {
        Span<T> w = weights.Span[start..end], update = gradient.Span[start..end];
        if (scale != 1)
            TensorPrimitives.Multiply(update, T.CreateTruncating(scale), update);
        optimiser.ToUpdate(w, update, start, learningRate, step);
        _squares[start / Block] = Magnitude.SumOfSquares<T>(update);
        TensorPrimitives.Add(w, update, w);
    }

    private readonly struct NormBody(WeightStep<T> owner) : IRangeBody
    {
        public void Run(int start, int end) => owner.MeasureBlock(start, end);
    }

    private readonly struct TakeBody(WeightStep<T> owner, double scale, double learningRate, long step) : IRangeBody
    {
        public void Run(int start, int end) => owner.TakeBlock(start, end, scale, learningRate, step);
    }
}
