namespace Kelvin.Networks;

/// <summary>The learning rate at each step.</summary>
/// <remarks>
/// <para>Step t from 0, W warm-up steps, N steps in all, f the final share:
/// η (t + 1)/W for t &lt; W; then η, or η (f + (1 − f)(1 + cos(π (t − W)/(N − W)))/2).</para>
/// <para>Source of the cosine: Loshchilov and Hutter, arXiv 1608.03983, without restarts.</para>
/// </remarks>
public sealed record ScheduleOptions
{
    /// <summary>Constant unless said otherwise.</summary>
    public ScheduleKind Kind { get; init; }

    /// <summary>W ≥ 0, the steps over which the rate rises in a straight line; 0 for none.</summary>
    public long WarmupSteps { get; init; }

    /// <summary>f, from 0 to 1: where the cosine ends, as a share of η.</summary>
    public double FinalShare { get; init; }

    /// <summary>The rate of a step.</summary>
    /// <param name="learningRate">η, the largest rate.</param>
    /// <param name="step">t, from 0.</param>
    /// <param name="totalSteps">N, the steps of the whole run; from there on the cosine stays at its end.</param>
    public double At(double learningRate, long step, long totalSteps)
    {
        if (step < WarmupSteps)
            return learningRate * (step + 1) / WarmupSteps;
        if (Kind == ScheduleKind.Constant)
            return learningRate;

        double progress = totalSteps <= WarmupSteps ? 1 : Math.Min(1, (double)(step - WarmupSteps) / (totalSteps - WarmupSteps));
        return learningRate * (FinalShare + ((1 - FinalShare) * 0.5 * (1 + Math.Cos(Math.PI * progress))));
    }

    internal void Check()
    {
        Require.That(Enum.IsDefined(Kind), $"Kind is {Kind}, but must be Constant or Cosine.", nameof(Kind));
        Require.That(WarmupSteps >= 0, $"WarmupSteps is {WarmupSteps}, but must be at least 0.", nameof(WarmupSteps));
        Require.Between(FinalShare, 0, 1);
    }
}
