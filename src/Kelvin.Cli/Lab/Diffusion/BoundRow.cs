using Kelvin.Diffusion;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>A bound on a score error beside what was measured.</summary>
/// <param name="Subject">What is bounded.</param>
/// <param name="Time">At which time.</param>
/// <param name="Bound">Level, draws, measured mean and bound.</param>
/// <param name="Coverage">Share of repetitions in which the bound was not below the true error; NaN where not repeated.</param>
/// <param name="MedianRatio">Median of bound/measured over the repetitions; NaN where not repeated.</param>
internal sealed record BoundRow(string Subject, double Time, ScoreBound Bound, double Coverage, double MedianRatio);
