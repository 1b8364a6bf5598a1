namespace Kelvin.Stability;

/// <summary>How steps are tried.</summary>
public sealed record StepTrialOptions
{
    /// <summary>Loss, steps and limits of each run; its target is the most that is asked for.</summary>
    public DescentOptions Descent { get; init; } = new() { MaxSteps = 1000, TargetShare = 0.2 };

    /// <summary>The safe step as a multiple of 2/λ_max; its run sets the target. From 1/64 to 1; ¼ unless said otherwise (theory section 4).</summary>
    public double SafeMultiple { get; init; } = 0.25;

    /// <summary>A bisection ends when the bracket's ends lie within this factor; above 1.</summary>
    public double Precision { get; init; } = 1.05;

    internal void Check()
    {
        Descent.Check();
        Require.Between(SafeMultiple, 1.0 / 64, 1);
        Require.Between(Precision, 1.001, 64);
    }
}
