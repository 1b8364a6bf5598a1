using Kelvin.Temperatures;

namespace Kelvin.Inspection;

/// <summary>How well the output head predicts the text: each token is the label of the position before it.</summary>
public sealed record OutputCalibration
{
    /// <summary>Tokens that were predicted.</summary>
    public required int Labels { get; init; }

    /// <summary>Mean −log p of the tokens at T = 1, in nats, over all labels.</summary>
    public required double Nll { get; init; }

    /// <summary>Share of the labels that were the most probable token.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Labels that the temperatures are tried on: the first ones, as many as 64 MB of logits hold.</summary>
    public required int Measured { get; init; }

    /// <summary>The metrics at each temperature of a ladder around 1.</summary>
    public required IReadOnlyList<CalibrationAtTemperature> Ladder { get; init; }

    /// <summary>T fitted on every other label, measured on the others; null where there are fewer than <see cref="LeastLabels"/> labels.</summary>
    public CalibrationReport? Fit { get; init; }

    /// <summary>−log p of each token after the first, in nats.</summary>
    public required IReadOnlyList<double> Losses { get; init; }

    /// <summary>Labels below which no temperature is fitted.</summary>
    public static int LeastLabels => 40;
}
