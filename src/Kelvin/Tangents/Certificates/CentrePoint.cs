using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents.Certificates;

/// <summary>A point of the centre path, evaluated exactly: Z, the slopes G = ∂F/∂Z, the softmax rows and the residual.</summary>
internal sealed class CentrePoint
{
    private readonly CertificateProblem _problem;

    public CentrePoint(CertificateProblem problem, MatrixView<double> preactivations)
    {
        _problem = problem;
        Preactivations = preactivations;
        Slopes = MatrixView.Allocate<double>(problem.Size, problem.Hidden);
        Probabilities = problem.Activation == HiddenActivation.Softmax ? MatrixView.Allocate<double>(problem.Examples, problem.Hidden) : default;
        Residual = new double[problem.Size];
        double[] hidden = new double[problem.Hidden];
        for (int i = 0; i < problem.Examples; i++)
            EvaluateRow(i, hidden);
    }

    private CentrePoint(CentrePoint other, MatrixView<double> preactivations)
    {
        _problem = other._problem;
        Preactivations = preactivations;
        (Slopes, Probabilities, Residual) = (other.Slopes, other.Probabilities, other.Residual);
    }

    public MatrixView<double> Preactivations { get; }

    /// <summary>G, shape n·d_out × m, output-major.</summary>
    public MatrixView<double> Slopes { get; }

    /// <summary>S for softmax, else empty.</summary>
    public MatrixView<double> Probabilities { get; }

    /// <summary>u = vec(F − Y), output-major.</summary>
    public double[] Residual { get; }

    /// <summary>Σ_l c_l ∘ G^l, shape n × m: what a vector of the outputs' space is as a change of Z before P.</summary>
    public MatrixView<double> Pull(ReadOnlySpan<double> coefficients)
    {
        MatrixView<double> sum = MatrixView.Allocate<double>(_problem.Examples, _problem.Hidden);
        for (int row = 0; row < coefficients.Length; row++)
        {
            Span<double> target = sum.Row(row % _problem.Examples);
            TensorPrimitives.MultiplyAdd(Slopes.Row(row), coefficients[row], target, target);
        }

        return sum;
    }

    /// <summary>The same slopes at Z − shift: right for ReLU while no sign has changed. The residual is left as it was.</summary>
    public CentrePoint MovedBy(MatrixView<double> shift)
    {
        MatrixView<double> moved = MatrixView.Allocate<double>(shift.Rows, shift.Columns);
        TensorPrimitives.Subtract(Preactivations.Span, shift.Span, moved.Span);
        return new CentrePoint(this, moved);
    }

    private void EvaluateRow(int i, double[] hidden)
    {
        ReadOnlySpan<double> z = Preactivations.Row(i);
        bool softmax = _problem.Activation == HiddenActivation.Softmax;
        if (softmax)
        {
            TensorPrimitives.Subtract(z, TensorPrimitives.Max(z), hidden);
            TensorPrimitives.Exp(hidden, hidden);
            TensorPrimitives.Divide(hidden, TensorPrimitives.Sum<double>(hidden), hidden);
            hidden.CopyTo(Probabilities.Row(i));
        }
        else if (_problem.Activation == HiddenActivation.Exp)
        {
            TensorPrimitives.Exp(z, hidden);
        }
        else
        {
            TensorPrimitives.Max(z, 0.0, hidden);
        }

        for (int l = 0; l < _problem.Outputs; l++)
        {
            ReadOnlySpan<double> weights = _problem.OutputWeights.AsSpan(l * _problem.Hidden, _problem.Hidden);
            int row = (l * _problem.Examples) + i;
            double mean = TensorPrimitives.Dot<double>(weights, hidden);
            Residual[row] = (_problem.Scale * mean) - _problem.Targets[row];
            Span<double> slopes = Slopes.Row(row);
            for (int r = 0; r < slopes.Length; r++)
            {
                double slope = softmax ? hidden[r] * (weights[r] - mean) : Slope(z[r], hidden[r]) * weights[r];
                slopes[r] = _problem.Scale * slope;
            }
        }
    }

    private double Slope(double z, double hidden)
    {
        if (_problem.Activation == HiddenActivation.Exp)
            return hidden;
        return z > 0 ? 1 : 0;
    }
}
