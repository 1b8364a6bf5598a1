namespace Kelvin.Networks;

/// <summary>An optimiser and its constants. The learning rate's course over the steps is <see cref="ScheduleOptions"/>.</summary>
/// <remarks>Sources: Kingma and Ba, arXiv 1412.6980 (Adam); Loshchilov and Hutter, arXiv 1711.05101 (AdamW).</remarks>
public sealed record OptimiserOptions
{
    /// <summary>Which rule; Adam unless said otherwise.</summary>
    public OptimiserKind Kind { get; init; } = OptimiserKind.Adam;

    /// <summary>η ≥ 0, the largest learning rate of the run; 0.001 is Adam's customary one.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>μ, from 0 to below 1; used by Momentum.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>β₁, from 0 to below 1; used by Adam and AdamW.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂, from 0 to below 1; used by Adam and AdamW.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε > 0; used by Adam and AdamW.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>λ ≥ 0 pulls weights, not biases, to 0: λ w joins the gradient, but for AdamW the step itself.</summary>
    public double WeightDecay { get; init; }

    internal void Check()
    {
        Require.That(Enum.IsDefined(Kind), $"Kind is {Kind}, but must be Sgd, Momentum, Adam or AdamW.", nameof(Kind));
        Require.Between(LearningRate, 0, double.MaxValue);
        Require.Between(Momentum, 0, Math.BitDecrement(1.0));
        Require.Between(Beta1, 0, Math.BitDecrement(1.0));
        Require.Between(Beta2, 0, Math.BitDecrement(1.0));
        Require.Positive(Epsilon);
        Require.Between(WeightDecay, 0, double.MaxValue);
    }
}
