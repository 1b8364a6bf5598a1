using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;
using Kelvin.Linear;
using Kelvin.Tangents;

namespace Kelvin.Bench.Tangents;

/// <summary>
/// The kernel the generic way: every example's gradient materialised, n × d·m, then J·Jᵀ by the same symmetric product. Made as fast as it gets: the
/// slopes of all examples come from one batched pass, and J's memory is there before the first run.
/// </summary>
internal sealed class JacobianWay : IContestant
{
    private readonly KernelProblem _problem;
    private readonly double _units;
    private readonly int _threads;
    private readonly MatrixView<double> _jacobian;
    private readonly MatrixView<double> _kernel;

    public JacobianWay(KernelProblem problem, double units, int threads = 1)
    {
        (_problem, _units, _threads) = (problem, units, threads);
        _jacobian = MatrixView.Allocate<double>(problem.Points.Rows, problem.Network.TrainedCount);
        _kernel = MatrixView.Allocate<double>(problem.Points.Rows, problem.Points.Rows);
    }

    public double UnitsPerRun => _units;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run()
    {
        KernelFeatures<double> features = KernelFeatures.Of<double>(_problem.Network, _problem.Points, _threads);
        int hidden = features.Slopes.Columns;
        for (int i = 0; i < features.Rows; i++)
        {
            ReadOnlySpan<double> slopes = features.Slopes.Row(i);
            ReadOnlySpan<double> x = features.Inputs.Row(i);
            Span<double> gradient = _jacobian.Row(i);
            for (int j = 0; j < x.Length; j++)
                TensorPrimitives.Multiply(slopes, x[j], gradient.Slice(j * hidden, hidden));
        }

        Gram.Compute(_jacobian.AsReadOnly(), _kernel, _threads);
        TensorPrimitives.Multiply(_kernel.Span, 1.0 / hidden, _kernel.Span);
    }
}
