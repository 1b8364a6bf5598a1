using System.Numerics;
using Kelvin.Networks;

namespace Kelvin.Stability;

/// <summary>The loss on the straight line between two networks.</summary>
/// <remarks>
/// <para>θ(t) = (1 − t) θ₀ + t θ₁ over all parameters. The barrier is the largest height of L(θ(t)) above the chord, max over t of
/// L(θ(t)) − (1 − t) L(θ₀) − t L(θ₁): 0 where the two lie in one convex valley.</para>
/// <para>Hidden units are not matched: two networks that differ only in the order of their units have a barrier too.</para>
/// <para>Source: Frankle et al., Linear Mode Connectivity and the Lottery Ticket Hypothesis, arXiv 1912.05671.</para>
/// </remarks>
public static class LinearPath
{
    /// <summary>Measures the loss at equally spaced places, both ends included.</summary>
    /// <param name="from">The network at t = 0.</param>
    /// <param name="to">The network at t = 1, with the same options.</param>
    /// <param name="set">Examples to measure on.</param>
    /// <param name="kind">Which loss; the mean over the examples.</param>
    /// <param name="points">Places on the line, ≥ 3.</param>
    /// <returns>L(θ(t)) at t = 0, 1/(points − 1), …, 1.</returns>
    /// <remarks>Cost: a forward pass over the set for each point.</remarks>
    public static double[] Losses<T>(TwoLayerNetwork<T> from, TwoLayerNetwork<T> to, TrainingSet<T> set, LossKind kind, int points = 21)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(set);
        Require.That(from.Options == to.Options, "The two networks have different options, but must have the same.", nameof(to));
        Require.That(points >= 3, $"points is {points}, but must be at least 3.", nameof(points));

        TwoLayerNetwork<T> between = from.Copy();
        var workspace = new NetworkWorkspace<T>(from.Options, set.Rows);
        double[] losses = new double[points];
        for (int k = 0; k < points; k++)
        {
            T t = T.CreateChecked((double)k / (points - 1));
            ReadOnlySpan<T> a = from.Parameters.Span;
            ReadOnlySpan<T> b = to.Parameters.Span;
            Span<T> c = between.Parameters.Span;
            for (int i = 0; i < c.Length; i++)
                c[i] = ((T.One - t) * a[i]) + (t * b[i]);
            losses[k] = between.Evaluate(set, kind, workspace).Loss;
        }

        return losses;
    }

    /// <summary>The barrier of losses along a line; 0 or greater, NaN where a loss is NaN.</summary>
    public static double Barrier(ReadOnlySpan<double> losses)
    {
        Require.That(losses.Length >= 2, "A line has two ends.", nameof(losses));
        double barrier = 0;
        for (int k = 0; k < losses.Length; k++)
        {
            double t = (double)k / (losses.Length - 1);
            barrier = Math.Max(barrier, losses[k] - ((1 - t) * losses[0]) - (t * losses[^1]));
        }

        return barrier;
    }
}
