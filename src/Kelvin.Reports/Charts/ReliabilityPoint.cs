namespace Kelvin.Reports.Charts;

/// <summary>One bin of a reliability chart.</summary>
/// <param name="Low">Lower edge of the bin's confidences, 0 to 1.</param>
/// <param name="High">Upper edge.</param>
/// <param name="Count">How many predictions fell into it; an empty bin is not drawn.</param>
/// <param name="Confidence">Their mean confidence.</param>
/// <param name="Accuracy">The share of them that was right.</param>
public readonly record struct ReliabilityPoint(double Low, double High, long Count, double Confidence, double Accuracy);
