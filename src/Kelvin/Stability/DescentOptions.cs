using Kelvin.Networks;

namespace Kelvin.Stability;

/// <summary>What a run of gradient descent has to reach, and when it counts as settled.</summary>
public sealed record DescentOptions
{
    /// <summary>The loss; the theory's squared one, as a mean over the examples, unless said otherwise.</summary>
    public LossOptions Loss { get; init; } = new() { Kind = LossKind.Squared };

    /// <summary>Steps at most, ≥ 1.</summary>
    public int MaxSteps { get; init; } = 300;

    /// <summary>The run fits when the loss is at most this share of the loss at its start; above 0 and below 1.</summary>
    public double TargetShare { get; init; } = 0.1;

    /// <summary>The run has diverged when the loss is above so many times the loss at its start; above 1. Large, since a loss may rise a
    /// thousandfold and come back (the catapult of arXiv 2003.02218).</summary>
    public double DivergenceFactor { get; init; } = 1e6;

    /// <summary>The gradient has vanished when its norm is below this share of the norm at the start.</summary>
    public double VanishedShare { get; init; } = 1e-6;

    /// <summary>Softmax rows are one-hot when their largest probabilities are above this on average.</summary>
    public double OneHotProbability { get; init; } = 0.99;

    /// <summary>Whether the run ends early where the target is out of reach; else it takes all its steps.</summary>
    public bool GivesUp { get; init; } = true;

    internal void Check()
    {
        Loss.Check();
        Require.Positive(MaxSteps);
        Require.Between(TargetShare, double.Epsilon, Math.BitDecrement(1.0));
        Require.Between(DivergenceFactor, Math.BitIncrement(1.0), double.MaxValue);
        Require.Between(VanishedShare, 0, 1);
        Require.Between(OneHotProbability, 0, 1);
    }
}
