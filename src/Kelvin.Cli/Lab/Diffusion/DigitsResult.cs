using System.Text.Json.Serialization;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>What the generator of digits came to.</summary>
/// <param name="Seconds">Time of its training in this run; near 0 where the journal held it. Not in the document, which depends on options and seed only.</param>
/// <param name="TrainingImages">Images it learnt from.</param>
/// <param name="TestImages">Images nobody learnt from.</param>
/// <param name="ClassifierAccuracy">The classifier's own accuracy on test images.</param>
/// <param name="HalvesDistance">Fréchet distance between two halves of the training images.</param>
/// <param name="Rows">Quality by sampler and guidance; the first is the default.</param>
/// <param name="Bounds">Denoising risk and its excess over references, at several times.</param>
/// <param name="Sheet">Pixels from 0 to 16 of some samples: class by class, each 64 long.</param>
internal sealed record DigitsResult(
    [property: JsonIgnore] double Seconds,
    int TrainingImages,
    int TestImages,
    double ClassifierAccuracy,
    double HalvesDistance,
    IReadOnlyList<DigitsRow> Rows,
    IReadOnlyList<BoundRow> Bounds,
    IReadOnlyList<IReadOnlyList<double[]>> Sheet);
