using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>One kernel and its fits along the ridges.</summary>
internal sealed class KernelRidgePath
{
    private readonly ScoreKernel _kernel;
    private readonly NoiseLevel _level;
    private readonly int _threads;
    private readonly MatrixView<double> _lifted;
    private readonly MatrixView<double> _gram;
    private readonly MatrixView<double> _across;
    private readonly ReadOnlyMatrixView<double> _labels;
    private readonly ReadOnlyMatrixView<double> _heldOutLabels;
    private readonly MatrixView<double> _factor;
    private readonly Dictionary<int, (KernelPredictor Fit, double Error)> _tried = [];
    private readonly double _size;

    public KernelRidgePath(ScoreKernel kernel, NoisySample train, NoisySample heldOut, bool useCleanLabels, int threads)
    {
        (_kernel, _level, _threads) = (kernel, train.Level, threads);
        _labels = useCleanLabels ? train.CleanLabels : train.NoisyLabels;
        _heldOutLabels = useCleanLabels ? heldOut.CleanLabels : heldOut.NoisyLabels;
        _lifted = kernel.Lifted(train.Points);
        _gram = kernel.Between(_lifted, _lifted);
        _across = kernel.Between(kernel.Lifted(heldOut.Points), _lifted);
        _factor = MatrixView.Allocate<double>(train.Rows, train.Rows);
        for (int i = 0; i < train.Rows; i++)
            _size += _gram[i, i] / train.Rows;
    }

    /// <summary>Walks downhill from the middle until both neighbours are worse.</summary>
    public (KernelPredictor Fit, double Error) Best()
    {
        int at = KernelRegression.Ridges.Count / 2;
        int step = Try(at + 1).Error < Try(at).Error ? 1 : -1;
        while (at + step >= 0 && at + step < KernelRegression.Ridges.Count && Try(at + step).Error < Try(at).Error)
            at += step;
        return Try(at);
    }

    private (KernelPredictor Fit, double Error) Try(int index)
    {
        if (!_tried.TryGetValue(index, out (KernelPredictor Fit, double Error) result))
            _tried[index] = result = Fit(KernelRegression.Ridges[index] * _size);
        return result;
    }

    private (KernelPredictor Fit, double Error) Fit(double ridge)
    {
        MatrixView<double> coefficients = MatrixView.Allocate<double>(_labels.Rows, _labels.Columns);
        _labels.CopyTo(coefficients);
        _gram.CopyTo(_factor);
        for (int i = 0; i < _factor.Rows; i++)
            _factor[i, i] += ridge;
        var fit = new KernelPredictor(_kernel, _level, ridge, _lifted, coefficients);
        if (!BlockedCholesky.Factor(_factor, _threads))
            return (fit, double.PositiveInfinity);

        BlockedCholesky.Solve(_factor, coefficients);
        MatrixView<double> predicted = MatrixView.Allocate<double>(_heldOutLabels.Rows, _heldOutLabels.Columns);
        Gemm.Multiply(1, _across, Transpose.No, coefficients, Transpose.No, 0, predicted, _threads);
        double sum = 0;
        for (int i = 0; i < predicted.Rows; i++)
        {
            double distance = TensorPrimitives.Distance(predicted.Row(i), _heldOutLabels.Row(i));
            sum += distance * distance;
        }

        double error = sum / predicted.Rows;
        return (fit, double.IsNaN(error) ? double.PositiveInfinity : error);
    }
}
