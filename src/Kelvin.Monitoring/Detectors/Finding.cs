namespace Kelvin.Monitoring;

/// <summary>What a detector says after one point: the verdict and the numbers that led to it.</summary>
/// <param name="Kind">The verdict.</param>
/// <param name="Rule">Which of the detector's rules speaks; a short constant word.</param>
/// <param name="Severity">How bad it is if it fires.</param>
/// <param name="Value">The measured number that was compared.</param>
/// <param name="Threshold">What it was compared with; the sign of <c>Value − Threshold</c> is the direction.</param>
/// <param name="Reference">A second number that the evidence quotes, such as the best loss; NaN if there is none.</param>
/// <param name="SinceStep">The first step at which the condition held.</param>
/// <param name="Score">Evidence as a multiple of what firing takes: 1 fires, 2 is double evidence.</param>
/// <param name="Latches">The condition cannot mend itself: only a resume, a person or the end of the run closes its incident.</param>
public readonly record struct Finding(
    FindingKind Kind,
    string Rule = "",
    Severity Severity = Severity.Warning,
    double Value = double.NaN,
    double Threshold = double.NaN,
    double Reference = double.NaN,
    long SinceStep = 0,
    double Score = 0,
    bool Latches = false)
{
    /// <summary>The condition does not hold.</summary>
    public static Finding Quiet => default;

    /// <summary>The point says nothing; whatever held before still holds.</summary>
    public static Finding Unknown => new(FindingKind.Unknown);
}
