using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Tangents;

/// <summary>Tangent kernels and gradient descent of a <see cref="SequenceAttention"/> with the loss ½ Σ (F − Y)².</summary>
public static class AttentionTangents
{
    /// <summary>J = ∂F/∂θ over the trained parameters, shape N × TrainedCount.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="set">The sequences.</param>
    /// <exception cref="ArgumentException">The sequences do not fit the layer.</exception>
    /// <remarks>Cost: a forward and a backward pass a sequence.</remarks>
    public static MatrixView<double> Jacobian(SequenceAttention layer, SequenceSet set)
    {
        SequenceAttentionPass pass = Begin(layer, set);
        int trained = layer.Options.TrainedCount;
        MatrixView<double> jacobian = MatrixView.Allocate<double>(set.Count, trained);
        double[] gradient = new double[layer.Options.ParameterCount];
        for (int i = 0; i < set.Count; i++)
        {
            pass.Forward(set.Sequence(i));
            Array.Clear(gradient);
            pass.Backward(set.Sequence(i), 1, gradient);
            gradient.AsSpan(0, trained).CopyTo(jacobian.Row(i));
        }

        return jacobian;
    }

    /// <summary>H = J Jᵀ, shape N × N.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="set">The sequences.</param>
    /// <exception cref="ArgumentException">The sequences do not fit the layer.</exception>
    public static MatrixView<double> Kernel(SequenceAttention layer, SequenceSet set)
    {
        MatrixView<double> kernel = MatrixView.Allocate<double>(set.Count, set.Count);
        Gram.Compute<double>(Jacobian(layer, set), kernel);
        return kernel;
    }

    /// <summary>u = F − Y, shape [N].</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="set">The sequences.</param>
    /// <exception cref="ArgumentException">The sequences do not fit the layer.</exception>
    public static double[] Residuals(SequenceAttention layer, SequenceSet set)
    {
        SequenceAttentionPass pass = Begin(layer, set);
        double[] residuals = new double[set.Count];
        for (int i = 0; i < residuals.Length; i++)
            residuals[i] = pass.Forward(set.Sequence(i)) - set.Targets.Span[i];
        return residuals;
    }

    /// <summary>Trains by gradient descent over all sequences, θ ← θ − η ∇L.</summary>
    /// <param name="layer">The layer; its trained parameters are changed.</param>
    /// <param name="set">The sequences.</param>
    /// <param name="learningRate">η > 0.</param>
    /// <param name="steps">How many steps at most.</param>
    /// <returns>The losses before each step and after the last; cut off behind the first that is not finite or above 10⁶ times the first.</returns>
    /// <exception cref="ArgumentException">The sequences do not fit the layer, or η or the steps are not positive.</exception>
    public static IReadOnlyList<double> Descend(SequenceAttention layer, SequenceSet set, double learningRate, int steps)
    {
        Require.Positive(learningRate);
        Require.Positive(steps);
        SequenceAttentionPass pass = Begin(layer, set);
        double[] gradient = new double[layer.Options.ParameterCount];
        List<double> losses = [];
        while (true)
        {
            losses.Add(Gradient(pass, set, gradient));
            if (losses.Count > steps || !double.IsFinite(losses[^1]) || losses[^1] > 1e6 * losses[0])
                return losses;
            Span<double> trained = layer.TrainedParameters.Span;
            TensorPrimitives.MultiplyAdd(gradient.AsSpan(0, trained.Length), -learningRate, trained, trained);
        }
    }

    private static double Gradient(SequenceAttentionPass pass, SequenceSet set, double[] gradient)
    {
        Array.Clear(gradient);
        double loss = 0;
        for (int i = 0; i < set.Count; i++)
        {
            double residual = pass.Forward(set.Sequence(i)) - set.Targets.Span[i];
            loss += 0.5 * residual * residual;
            pass.Backward(set.Sequence(i), residual, gradient);
        }

        return loss;
    }

    private static SequenceAttentionPass Begin(SequenceAttention layer, SequenceSet set)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(set);
        set.Check(layer.Options, nameof(set));
        return new SequenceAttentionPass(layer);
    }
}
