using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Stability;

/// <summary>The first mechanism: what happens to gradients when the hidden logits grow.</summary>
/// <remarks>
/// <para>The logits X W + b of a copy of the network are multiplied by c (W ← c W, b ← c b). Softmax keeps the outputs' gradient below
/// <see cref="ExampleGradients.SoftmaxBound"/> for every c; for exp it grows like exp(c·max z); for ReLU the outputs' gradient by W does
/// not change, but the outputs grow like c, and with them the gradient of a squared loss.</para>
/// </remarks>
public static class LogitScaling
{
    /// <summary>Measures gradients at several factors.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="inputs">X, shape n × d, n ≥ 1.</param>
    /// <param name="labels">n classes from 0 to d_out − 1.</param>
    /// <param name="factors">c > 0, one or more.</param>
    /// <param name="threads">At most so many threads; the result does not depend on it.</param>
    /// <returns>One point a factor, in the order given.</returns>
    /// <remarks>Cost: d_out + 1 backward passes over the inputs for each factor, and the memory of one workspace.</remarks>
    public static LogitScalingPoint[] Measure<T>(
        TwoLayerNetwork<T> network,
        ReadOnlyMatrixView<T> inputs,
        ReadOnlySpan<int> labels,
        ReadOnlySpan<double> factors,
        int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        Require.That(inputs.Rows > 0, "inputs is empty, but must hold at least one example.", nameof(inputs));
        var workspace = new NetworkWorkspace<T>(network.Options, inputs.Rows);
        double[] norms = new double[inputs.Rows];
        var points = new LogitScalingPoint[factors.Length];
        for (int k = 0; k < factors.Length; k++)
        {
            Require.Positive(factors[k], nameof(factors));
            TwoLayerNetwork<T> scaled = network.Copy();
            Multiply(scaled, T.CreateChecked(factors[k]));

            ExampleGradients.OfSquaredLoss(scaled, inputs, labels, workspace, norms, threads);
            double loss = Spread.Of(norms).RootMeanSquare;
            ExampleGradients.OfOutputs(scaled, inputs, workspace, norms, threads);
            double output = Spread.Of(norms).RootMeanSquare;
            double largest = TensorPrimitives.Max<double>(norms);
            points[k] = new LogitScalingPoint(factors[k], output, loss, largest, Median(norms));
        }

        return points;
    }

    /// <summary>Says how fast a gradient grows with the factor: the exponent p of gradient ∝ cᵖ between the first and the last factor.</summary>
    /// <param name="factors">At least two factors, the first below the last.</param>
    /// <param name="gradients">The gradient at each factor.</param>
    /// <returns>p = ln(g_last/g_first)/ln(c_last/c_first): ≤ 0 bounded, 1 linear; +∞ if a gradient is NaN or infinite, −∞ if the last is 0.</returns>
    public static double GrowthExponent(ReadOnlySpan<double> factors, ReadOnlySpan<double> gradients)
    {
        Require.Length(gradients, factors.Length);
        Require.That(factors.Length >= 2 && factors[^1] > factors[0], "A growth needs two factors, the last above the first.", nameof(factors));
        foreach (double gradient in gradients)
        {
            if (!double.IsFinite(gradient))
                return double.PositiveInfinity;
        }

        return Math.Log(gradients[^1] / gradients[0]) / Math.Log(factors[^1] / factors[0]);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private static void Multiply<T>(TwoLayerNetwork<T> network, T factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < network.HiddenWeights.Rows; i++)
            TensorPrimitives.Multiply(network.HiddenWeights.Row(i), factor, network.HiddenWeights.Row(i));
        TensorPrimitives.Multiply(network.HiddenBias, factor, network.HiddenBias);
    }
}
