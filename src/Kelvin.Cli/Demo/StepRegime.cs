namespace Kelvin.Cli.Demo;

/// <summary>How large the step of a stability run is, in units of the stable step 2/λ_max that was measured at its start.</summary>
internal enum StepRegime
{
    /// <summary>A quarter of the stable step, throughout.</summary>
    Safe,

    /// <summary>From almost nothing in a straight line to 16 times the stable step: a warm-up that goes too far.</summary>
    Rising,

    /// <summary>Sixteen times the stable step, from the first step on.</summary>
    TooLarge,
}
