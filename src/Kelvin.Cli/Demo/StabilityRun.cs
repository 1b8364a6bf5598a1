using Kelvin.Monitoring;
using Kelvin.Networks;

namespace Kelvin.Cli.Demo;

/// <summary>One stability run: what was trained, how it ended, and whether the monitor named the trouble in time.</summary>
/// <param name="Activation">Hidden units.</param>
/// <param name="Regime">How large the step was.</param>
/// <param name="Seed">Seed of the starting weights.</param>
/// <param name="LearningRate">The largest step of the run.</param>
/// <param name="Record">Its course.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="TestAccuracy">Share of test examples that are right at the end; NaN if the weights are not finite.</param>
internal sealed record StabilityRun(
    HiddenActivation Activation,
    StepRegime Regime,
    int Seed,
    double LearningRate,
    RunRecord Record,
    RunVerdict Verdict,
    double TestAccuracy)
{
    /// <summary>
    /// For a run that went wrong, the incident that was open when it did, as it stood then; else the first one of the run, if any.
    /// </summary>
    public Incident? Incident => Verdict is { IsBad: true, Step: { } step } ? Record.OpenAt(step) : Record.Incidents.Count > 0 ? Record.Incidents[0] : null;

    /// <summary>Steps from the opening of the incident to the first step at which the run was seen to be lost; null without both.</summary>
    public long? Lead => Verdict.IsBad && Verdict.Step is { } step && Incident is { } incident ? step - incident.OpenedStep : null;

    /// <summary>Whether the run went wrong and a rightly named incident was open by then.</summary>
    public bool IsCaught => Lead >= 0 && Incident is { } incident && AllowedCauses.Of(Verdict).Contains(incident.Cause, StringComparer.Ordinal);

    /// <summary>Whether the run went wrong and no rightly named incident was open by then.</summary>
    public bool IsMissed => Verdict.IsBad && !IsCaught;

    /// <summary>Whether an incident opened in a run with a safe step.</summary>
    public bool IsFalseAlarm => Regime == StepRegime.Safe && Record.Incidents.Count > 0;
}
