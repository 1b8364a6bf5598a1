using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>Computes the limit of the theory's tangent kernel as the width m grows, at weights w ~ N(0, σ²) and independent signs a.</summary>
/// <remarks>
/// <para>softmax ⟨x,y⟩/T²·exp(σ²⟨x,y⟩/T²);  exp ⟨x,y⟩/T²·exp(σ²‖x + y‖²/(2T²));  ReLU ⟨x,y⟩/T²·(π − θ)/(2π), θ the angle between x and y. Only W is
/// trained and there are no biases. Different outputs decouple: the block between two of them tends to 0, but only as m^−½.</para>
/// <para>For softmax and exp the limit is of use only while σ‖x‖/T ≲ 1 (<see cref="Reach"/>): from 1.5 on no practical width comes near it.</para>
/// <para>Source: theory section 3; Cho and Saul, Kernel Methods for Deep Learning, NIPS 2009.</para>
/// </remarks>
public static class InfiniteWidthKernel
{
    /// <summary>The largest <see cref="Reach"/> at which the limit describes networks of practical width.</summary>
    public const double LargestReach = 1;

    /// <summary>Computes K between two sets of points, for one output.</summary>
    /// <param name="activation">Softmax, Exp or Relu.</param>
    /// <param name="inputs">X, shape n × d, finite.</param>
    /// <param name="others">X', shape n' × d, finite.</param>
    /// <param name="initialScale">σ ≥ 0; ReLU's limit does not depend on it.</param>
    /// <param name="temperature">T > 0.</param>
    /// <returns>K, shape n × n'. Computed in double, then rounded; where X' is X it is symmetric to the bit.</returns>
    /// <remarks>
    /// <para>θ = 2·atan2(‖x̂ − ŷ‖, ‖x̂ + ŷ‖), x̂ = x/‖x‖: the arc cosine would lose half the digits near 0 and π. A point 0 gives 0.</para>
    /// <para>Accuracy: relative error near (d + 8)·2⁻⁵³, times 1 + the exponent for softmax and exp, which overflow to ∞ where exp does.</para>
    /// <para>Cost: n·n'·d operations and one exp or atan2 each.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The points do not fit each other or are not finite, or the activation has no limit here.</exception>
    public static MatrixView<T> Compute<T>(
        HiddenActivation activation, ReadOnlyMatrixView<T> inputs, ReadOnlyMatrixView<T> others, double initialScale, double temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.SameShape(others.Rows, inputs.Columns, others.Rows, others.Columns, nameof(others));
        Require.That(
            activation is HiddenActivation.Softmax or HiddenActivation.Exp or HiddenActivation.Relu,
            $"There is no closed limit for {activation}; use Softmax, Exp or Relu.",
            nameof(activation));
        Require.Between(initialScale, 0, double.MaxValue);
        Require.Temperature(temperature);
        TrainingSet.RequireFinite(inputs, nameof(inputs));
        TrainingSet.RequireFinite(others, nameof(others));

        MatrixView<double> left = Widened(inputs);
        MatrixView<double> right = Widened(others);
        MatrixView<T> kernel = MatrixView.Allocate<T>(left.Rows, right.Rows);
        double[] room = new double[2 * inputs.Columns];
        for (int i = 0; i < left.Rows; i++)
        {
            for (int j = 0; j < right.Rows; j++)
                kernel[i, j] = T.CreateTruncating(Entry(activation, left.Row(i), right.Row(j), initialScale, temperature, room));
        }

        return kernel;
    }

    /// <summary>Computes K of a network's points as its starting weights would give it, blocks of zeros between outputs included.</summary>
    /// <param name="network">Softmax, exp or ReLU in the theory's or the NTK parametrisation, W alone trained, no biases.</param>
    /// <param name="inputs">X, shape n × d, finite.</param>
    /// <returns>K, shape n·d_out × n·d_out, to be held against <see cref="TangentKernel{T}.Matrix"/>.</returns>
    public static MatrixView<T> For<T>(NetworkOptions network, ReadOnlyMatrixView<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        Require.That(
            network.Parametrisation != Parametrisation.Standard && !network.TrainOutputWeights && !network.UseBias,
            "The limit is known for the theory's and the NTK parametrisation with W alone trained and no biases; start from NetworkOptions.Theory.",
            nameof(network));
        MatrixView<T> block = Compute(network.Activation, inputs, inputs, network.InitialScale, network.Temperature);
        T square = T.CreateChecked(network.OutputInitialScale * network.OutputInitialScale);
        TensorPrimitives.Multiply(block.Span, square, block.Span);
        int n = inputs.Rows;
        MatrixView<T> kernel = MatrixView.Allocate<T>(n * network.Outputs, n * network.Outputs);
        for (int l = 0; l < network.Outputs; l++)
            block.CopyTo(kernel.Block(l * n, l * n, n, n));
        return kernel;
    }

    /// <summary>σ·max‖x‖/T: beyond 1 the limit of softmax and exp describes no network of practical width.</summary>
    /// <remarks>
    /// The terms of H are log-normal with relative variance e^{4r²} − 1 at reach r: 54 at r = 1, 8 100 at 1.5 and 9·10⁶ at 2, and m must be far above it.
    /// </remarks>
    public static double Reach<T>(ReadOnlyMatrixView<T> inputs, double initialScale, double temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.Between(initialScale, 0, double.MaxValue);
        Require.Temperature(temperature);
        double longest = 0;
        for (int i = 0; i < inputs.Rows; i++)
            longest = Math.Max(longest, Magnitude.Norm(inputs.Row(i)));
        return initialScale * longest / temperature;
    }

    /// <summary>Says in a sentence that the limit is out of reach, or null where it is not.</summary>
    public static string? Warning<T>(HiddenActivation activation, ReadOnlyMatrixView<T> inputs, double initialScale, double temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double reach = Reach(inputs, initialScale, temperature);
        return activation == HiddenActivation.Relu || reach <= LargestReach + 1e-9   // rows brought to length 1 are off by rounding
            ? null
            : FormattableString.Invariant(
                $"σ·max‖x‖/T is {reach:G3}, above 1: no practical width comes near the infinite-width {(activation == HiddenActivation.Exp ? "exp" : "softmax")} kernel. Make σ or the inputs smaller, or T larger.");
    }

    private static double Entry(
        HiddenActivation activation, ReadOnlySpan<double> x, ReadOnlySpan<double> y, double sigma, double temperature, Span<double> room)
    {
        double inner = TensorPrimitives.Dot(x, y) / (temperature * temperature);
        switch (activation)
        {
            case HiddenActivation.Softmax:
                return inner == 0 ? 0 : inner * Math.Exp(sigma * sigma * inner);
            case HiddenActivation.Exp:
                Span<double> sum = room[..x.Length];
                TensorPrimitives.Add(x, y, sum);
                return inner == 0 ? 0 : inner * Math.Exp(sigma * sigma * TensorPrimitives.SumOfSquares<double>(sum) / (2 * temperature * temperature));
            default:
                return inner == 0 ? 0 : inner * (0.5 - (Angle(x, y, room) / (2 * Math.PI)));
        }
    }

    private static double Angle(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> room)
    {
        Span<double> unitX = room[..x.Length];
        Span<double> unitY = room[x.Length..];
        TensorPrimitives.Divide(x, Magnitude.Norm(x), unitX);
        TensorPrimitives.Divide(y, Magnitude.Norm(y), unitY);
        double apart = TensorPrimitives.Distance<double>(unitX, unitY);
        TensorPrimitives.Add(unitX, unitY, unitX);
        return 2 * Math.Atan2(apart, Magnitude.Norm<double>(unitX));
    }

    private static MatrixView<double> Widened<T>(ReadOnlyMatrixView<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixView<double> wide = MatrixView.Allocate<double>(matrix.Rows, matrix.Columns);
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
                wide[i, j] = double.CreateChecked(matrix[i, j]);
        }

        return wide;
    }
}
