using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;
using Kelvin.Tangents.Certificates;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Tangents.Certificates;

/// <summary>One segment of a centre path, with everything that its bounds speak of computed the long way.</summary>
internal sealed class LemmaCase
{
    private readonly TwoLayerNetwork<double> _network;
    private readonly MatrixView<double> _inputs;
    private readonly MatrixView<double> _targets;
    private readonly Xoshiro256StarStar _random;

    public LemmaCase(HiddenActivation activation, int n, int d, int m, int outputs, double temperature, int steps, int seed)
    {
        _random = new Xoshiro256StarStar(seed, threadSafe: false);
        _network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(d, m, outputs, activation) with { Temperature = temperature }, seed);
        _inputs = CertificateCase.Sphere(n, d, _random);
        _targets = MatrixView.Allocate<double>(n, outputs);
        foreach (ref double target in _targets.Span)
            target = Normal.Sample(_random, 0, 1);
        Problem = new CertificateProblem(_network, _inputs, _targets);
        Point = new CentrePoint(Problem, Problem.Start);
        Modes = new KernelModes(Problem, Point);
        double rate = 0.3 / Math.Max(1e-3, Modes.Largest);
        Segment = new CentreSegment(Modes, Point.Residual, rate, steps);
        Bounds = new SegmentBounds(Problem, Point, Segment);
        Walk(rate, steps);
    }

    public CertificateProblem Problem { get; }

    public CentrePoint Point { get; }

    public KernelModes Modes { get; }

    public CentreSegment Segment { get; }

    public SegmentBounds Bounds { get; }

    /// <summary>W̃_k.</summary>
    public List<double[]> Path { get; } = [];

    /// <summary>û_k.</summary>
    public List<double[]> Linear { get; } = [];

    /// <summary>F − Y at some weights, output-major.</summary>
    public double[] Residual(double[] weights)
    {
        TwoLayerNetwork<double> network = At(weights);
        MatrixView<double> outputs = MatrixView.Allocate<double>(_inputs.Rows, network.Options.Outputs);
        network.Forward(_inputs, outputs, new NetworkWorkspace<double>(network.Options, _inputs.Rows));
        return OutputMajor.Residual<double>(outputs, _targets);
    }

    /// <summary>∇L at some weights.</summary>
    public double[] Gradient(double[] weights)
    {
        TwoLayerNetwork<double> network = At(weights);
        var workspace = new NetworkWorkspace<double>(network.Options, _inputs.Rows);
        network.LossAndGradient(_inputs, _targets.AsReadOnly(), LossOptions.Theory, workspace);
        return workspace.Gradient.ToArray();
    }

    /// <summary>J_aᵀ v.</summary>
    public double[] Pull(double[] vector)
    {
        var jacobian = new NetworkJacobian<double>(_network, _inputs);
        double[] gradient = new double[jacobian.Parameters];
        jacobian.TransposedTimes(vector, gradient);
        return gradient;
    }

    /// <summary>J at some weights, row by row.</summary>
    public Matrix<double> Jacobian(double[] weights)
    {
        var jacobian = new NetworkJacobian<double>(At(weights), _inputs);
        var matrix = new DenseMatrix(jacobian.Size, jacobian.Parameters);
        double[] unit = new double[jacobian.Size];
        double[] row = new double[jacobian.Parameters];
        for (int i = 0; i < unit.Length; i++)
        {
            Array.Clear(unit);
            unit[i] = 1;
            jacobian.TransposedTimes(unit, row);
            matrix.SetRow(i, row);
        }

        return matrix;
    }

    /// <summary>∇²L by central differences of the gradient.</summary>
    public Matrix<double> Hessian(double[] weights)
    {
        const double Step = 1e-5;
        var matrix = new DenseMatrix(weights.Length, weights.Length);
        for (int i = 0; i < weights.Length; i++)
        {
            double[] up = (double[])weights.Clone();
            double[] down = (double[])weights.Clone();
            up[i] += Step;
            down[i] -= Step;
            double[] right = Gradient(up);
            double[] left = Gradient(down);
            for (int j = 0; j < weights.Length; j++)
                matrix[i, j] = (right[j] - left[j]) / (2 * Step);
        }

        return (matrix + matrix.Transpose()) / 2;
    }

    /// <summary>A point at distance up to radius; all of it in one unit's weights if concentrated, which is where the bounds are sharpest.</summary>
    public double[] Near(double[] weights, double radius, bool concentrated)
    {
        double[] direction = new double[weights.Length];
        int hidden = _network.Options.Hidden;
        int unit = _random.Next(hidden);
        for (int i = 0; i < direction.Length; i++)
            direction[i] = concentrated && i % hidden != unit ? 0 : Normal.Sample(_random, 0, 1);
        double norm = TensorPrimitives.Norm<double>(direction);
        double[] moved = new double[weights.Length];
        TensorPrimitives.MultiplyAdd(direction, radius / norm, weights, moved);
        return moved;
    }

    private void Walk(double rate, int steps)
    {
        Matrix<double> jacobian = Jacobian(_network.TrainedParameters.ToArray());
        Vector<double> residual = new DenseVector((double[])Point.Residual.Clone());
        Vector<double> weights = new DenseVector(_network.TrainedParameters.ToArray());
        for (int k = 0; k <= steps; k++)
        {
            Path.Add(weights.ToArray());
            Linear.Add(residual.ToArray());
            Vector<double> move = jacobian.TransposeThisAndMultiply(residual) * rate;
            weights -= move;
            residual -= jacobian * move;
        }
    }

    private TwoLayerNetwork<double> At(double[] weights)
    {
        TwoLayerNetwork<double> network = _network.Copy();
        weights.CopyTo(network.TrainedParameters);
        return network;
    }
}
