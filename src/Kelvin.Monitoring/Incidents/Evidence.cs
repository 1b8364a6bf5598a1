namespace Kelvin.Monitoring;

/// <summary>One detector's reason for an incident, with its numbers.</summary>
/// <param name="Detector">The detector's id.</param>
/// <param name="Rule">Which of its rules spoke.</param>
/// <param name="Series">The series whose point made it speak.</param>
/// <param name="SinceStep">The first step at which the condition held.</param>
/// <param name="Step">The step of the point that the numbers belong to.</param>
/// <param name="Value">The measured number; may be NaN or infinite.</param>
/// <param name="Threshold">What it was compared with; NaN if with nothing.</param>
/// <param name="Text">The same in one sentence.</param>
public sealed record Evidence(
    string Detector, string Rule, Series Series, long SinceStep, long Step, double Value, double Threshold, string Text);
