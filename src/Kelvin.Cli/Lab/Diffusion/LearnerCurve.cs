using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>How a learner's score error falls with the number of examples, at one noise level.</summary>
/// <param name="Learner">Its name.</param>
/// <param name="IsSound">Whether the reference lists it as sound.</param>
/// <param name="Time">The time of the process with β = 1.</param>
/// <param name="HasCleanLabels">Whether it was given E[ε | x] instead of ε.</param>
/// <param name="Errors">E‖ŝ − s‖²/E‖s‖² on fresh points at each size.</param>
/// <param name="Slope">Slope of log error against log n, with the bootstrap's interval over seeds.</param>
internal sealed record LearnerCurve(string Learner, bool IsSound, double Time, bool HasCleanLabels, IReadOnlyList<Estimate> Errors, Estimate Slope)
{
    /// <summary>Whether the interval of the slope lies below 0.</summary>
    public bool IsLearning => Slope.High < 0;
}
