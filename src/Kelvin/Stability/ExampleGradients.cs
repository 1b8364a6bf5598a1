using System.Numerics;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Stability;

/// <summary>Measures how far a network's parameters move each example's outputs or loss: the norm of every example's own gradient.</summary>
/// <remarks>
/// <para>θ are the parameters that training changes. dZ_il is the gradient of output l of example i by its pre-activations X W + b.</para>
/// <para>NaN and ±∞ flow through: an activation that overflows gives ∞ or NaN.</para>
/// </remarks>
public static class ExampleGradients
{
    /// <summary>Computes gᵢ = ‖∂Fᵢ/∂θ‖_F for every example.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">X, shape n × d; the workspace grows to n rows.</param>
    /// <param name="workspace">Made for the network's options; overwritten.</param>
    /// <param name="norms">gᵢ, shape [n].</param>
    /// <param name="threads">At most so many threads; the result does not depend on it.</param>
    /// <remarks>
    /// <para>gᵢ² = (‖xᵢ‖² + β) Σ_l ‖dZ_il‖² + α d_out s² ‖Hᵢ‖² + β d_out, with β = 1 if there are biases, α = 1 if A is trained, and s the
    /// output scale of the parametrisation.</para>
    /// <para>Softmax: gᵢ ≤ <see cref="SoftmaxBound"/>, whatever the logits. Cost: d_out backward passes over the batch.</para>
    /// </remarks>
    public static void OfOutputs<T>(
        TwoLayerNetwork<T> network, ReadOnlyMatrixView<T> inputs, NetworkWorkspace<T> workspace, Span<double> norms, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        Require.Length<double>(norms, inputs.Rows);
        NetworkOptions options = network.Options;
        network.Forward(inputs, workspace, threads);

        norms.Clear();
        for (int l = 0; l < options.Outputs; l++)
        {
            for (int i = 0; i < inputs.Rows; i++)
            {
                Span<T> row = workspace.OutputGradients.Row(i);
                row.Clear();
                row[l] = T.One;
            }

            network.Backward(inputs, workspace, threads);
            for (int i = 0; i < inputs.Rows; i++)
                norms[i] += Magnitude.SumOfSquares<T>(workspace.PreactivationGradients.Row(i));
        }

        double bias = options.UseBias ? 1 : 0;
        double trainedOutput = options.TrainOutputWeights ? options.Outputs * options.OutputScale * options.OutputScale : 0;
        for (int i = 0; i < norms.Length; i++)
        {
            double square = norms[i] * (Magnitude.SumOfSquares<T>(inputs.Row(i)) + bias);
            if (trainedOutput > 0)
                square += trainedOutput * Magnitude.SumOfSquares<T>(workspace.Hidden.Row(i));
            norms[i] = Math.Sqrt(square + (bias * options.Outputs));
        }
    }

    /// <summary>Computes gᵢ = ‖∂Lᵢ/∂θ‖₂ for every example, Lᵢ = ½‖Fᵢ − e_yᵢ‖² the squared loss against its one-hot label.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">X, shape n × d; the workspace grows to n rows.</param>
    /// <param name="labels">n classes from 0 to d_out − 1.</param>
    /// <param name="workspace">Made for the network's options; overwritten.</param>
    /// <param name="norms">gᵢ, shape [n].</param>
    /// <param name="threads">At most so many threads; the result does not depend on it.</param>
    /// <remarks>
    /// <para>With r = Fᵢ − e_yᵢ and dZᵢ = Σ_l r_l dZ_il:  gᵢ² = (‖xᵢ‖² + β)‖dZᵢ‖² + (α s² ‖Hᵢ‖² + β)‖r‖².</para>
    /// <para>Cost: one forward and one backward pass.</para>
    /// </remarks>
    public static void OfSquaredLoss<T>(
        TwoLayerNetwork<T> network,
        ReadOnlyMatrixView<T> inputs,
        ReadOnlySpan<int> labels,
        NetworkWorkspace<T> workspace,
        Span<double> norms,
        int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        Require.Length<double>(norms, inputs.Rows);
        Require.Length(labels, inputs.Rows);
        NetworkOptions options = network.Options;
        Require.Labels(labels, options.Outputs);

        network.Forward(inputs, workspace, threads);
        workspace.Outputs.CopyTo(workspace.OutputGradients);
        for (int i = 0; i < labels.Length; i++)
            workspace.OutputGradients[i, labels[i]] -= T.One;
        network.Backward(inputs, workspace, threads);

        double bias = options.UseBias ? 1 : 0;
        double trainedOutput = options.TrainOutputWeights ? options.OutputScale * options.OutputScale : 0;
        for (int i = 0; i < norms.Length; i++)
        {
            double residual = Magnitude.SumOfSquares<T>(workspace.OutputGradients.Row(i));
            double square = Magnitude.SumOfSquares<T>(workspace.PreactivationGradients.Row(i))
                * (Magnitude.SumOfSquares<T>(inputs.Row(i)) + bias);
            if (trainedOutput > 0)
                square += trainedOutput * Magnitude.SumOfSquares<T>(workspace.Hidden.Row(i)) * residual;
            norms[i] = Math.Sqrt(square + (bias * residual));
        }
    }

    /// <summary>The largest ‖∂F/∂θ‖_F that a softmax network can have for an input, whatever its hidden weights.</summary>
    /// <param name="network">A network with softmax hidden units; only A and the options matter.</param>
    /// <param name="inputNorm">‖x‖ ≥ 0.</param>
    /// <remarks>
    /// <para>bound² = (‖x‖² + β) s² ‖A‖_F²/(4T²) + α d_out s² + β d_out.</para>
    /// <para>For ‖J‖₂ ≤ 1/(2T), J = (diag p − p pᵀ)/T, attained at p = (½, ½, 0, …), and ‖p‖₂ ≤ 1.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The hidden units are not a softmax: their gradient has no bound.</exception>
    public static double SoftmaxBound<T>(TwoLayerNetwork<T> network, double inputNorm)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        NetworkOptions options = network.Options;
        Require.That(
            options.Activation == HiddenActivation.Softmax, $"The hidden units are {options.Activation}, but only softmax has a bound.", nameof(network));
        Require.Between(inputNorm, 0, double.MaxValue);

        double outputWeights = 0;
        for (int l = 0; l < options.Outputs; l++)
            outputWeights += Magnitude.SumOfSquares<T>(network.OutputWeights.Row(l));
        double bias = options.UseBias ? 1 : 0;
        double scale = options.OutputScale;
        double square = ((inputNorm * inputNorm) + bias) * scale * scale * outputWeights / (4 * options.Temperature * options.Temperature);
        if (options.TrainOutputWeights)
            square += options.Outputs * scale * scale;
        return Math.Sqrt(square + (bias * options.Outputs));
    }
}
