namespace Kelvin.Monitoring;

/// <summary>Something that was done to a run on purpose, so that its traces are not taken for a fault.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Step">The step from which it holds; for a resume, the step the run goes on from.</param>
public readonly record struct RunEvent(RunEventKind Kind, long Step);
