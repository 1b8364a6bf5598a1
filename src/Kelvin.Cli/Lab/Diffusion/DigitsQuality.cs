using Kelvin.Diffusion;
using Kelvin.Linear;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>Judges samples of digits against the real ones.</summary>
internal sealed class DigitsQuality
{
    private readonly DigitImages _images;
    private readonly DigitClassifier _judge;
    private readonly MatrixView<double> _first;
    private readonly MatrixView<double> _second;
    private readonly MatrixView<double> _test;
    private readonly double _trainToTest;
    private readonly double[] _realDistances;

    public DigitsQuality(DigitImages images, DigitClassifier judge)
    {
        (_images, _judge) = (images, judge);
        _first = judge.Features(images.Generator.Subset(EverySecond(images.Generator.Rows, 0)).Features);
        _second = judge.Features(images.Generator.Subset(EverySecond(images.Generator.Rows, 1)).Features);
        _test = judge.Features(images.Test.Features);
        HalvesDistance = FrechetDistance.Between(_first, _second);
        _trainToTest = FrechetDistance.Between(judge.Features(images.Generator.Features), _test);
        _realDistances = NearestNeighbour.Distances(images.Test.Features, images.Generator.Features);
    }

    public double HalvesDistance { get; }

    /// <param name="kind">The sampler.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="guidance">The guidance.</param>
    /// <param name="pixels">One sample for each training image, of its class.</param>
    public DigitsRow Of(SamplerKind kind, int steps, double guidance, MatrixView<double> pixels)
    {
        MatrixView<double> features = _judge.Features(pixels);
        MatrixView<double> half = features.RowRange(0, _first.Rows);
        double distance = 0.5 * (FrechetDistance.Between(half, _first) + FrechetDistance.Between(half, _second));
        double[] near = NearestNeighbour.Distances(pixels, _images.Generator.Features);
        return new DigitsRow(
            kind,
            steps,
            guidance,
            _judge.Accuracy(pixels, _images.Generator.Labels.Span),
            distance / HalvesDistance,
            FrechetDistance.Between(features, _test) / _trainToTest,
            [.. DigitsRow.RealShares.Select(share => NearestNeighbour.ShareNearer(near, _realDistances, share))]);
    }

    private static int[] EverySecond(int rows, int first) => [.. Enumerable.Range(0, rows).Where(row => row % 2 == first)];
}
