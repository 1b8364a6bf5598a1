using Kelvin.Diffusion;
using Kelvin.Linear;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>Bounds what can be bounded on real data: the denoising risk, and how much worse than references the generator can be.</summary>
/// <remarks>
/// The references are the best linear denoiser (one Gaussian) and a Gaussian for each class, which like the generator is told the class; both
/// are fitted to the generator's training images.
/// The excess over the better of them is the largest of the two bounds, each at half the α.
/// </remarks>
/// <param name="images">The digits; test images alone are drawn on.</param>
/// <param name="network">The generator.</param>
/// <param name="process">How noise is added.</param>
internal sealed class DigitsBounds(DigitImages images, DenoiserNetwork<float> network, ForwardProcess process)
{
    private const int DrawsPerImage = 4;
    private const double Alpha = 0.05;

    public IReadOnlyList<BoundRow> Measure()
    {
        MatrixView<double> train = images.Scaled(images.Generator.Features);
        GaussianMixture one = FittedMixture.Of(train);
        GaussianMixture[] ten = [.. Enumerable.Range(0, images.Generator.ClassCount).Select(digit => OfClass(train, digit))];
        int[] labels = [.. Enumerable.Range(0, images.Test.Rows * DrawsPerImage).Select(i => images.Test.Labels.Span[i / DrawsPerImage])];
        MatrixView<double> repeated = Repeated(images.Scaled(images.Test.Features));
        double radius = Math.Sqrt(train.Columns) + 3;
        List<BoundRow> rows = [];
        foreach (double time in new[] { 0.2, 0.5, 0.8 })
        {
            NoiseLevel level = process.At(time);
            NoisySample draws = NoisySample.FromData(repeated, level, seed: 1);
            var ours = new ClippedPredictor(new GeneratorPredictor(network, labels, level), radius);
            rows.Add(new BoundRow("denoising risk", time, ScoreBound.OfRisk(ours, draws, DrawsPerImage, 1 - Alpha), double.NaN, double.NaN));
            ScoreBound[] excess =
            [
                Excess(new ExactPredictor(one, level)),
                Excess(new ClassPredictor([.. ten.Select(law => new ExactPredictor(law, level))], labels)),
            ];
            ScoreBound Excess(INoisePredictor reference) =>
                ScoreBound.OfExcess(ours, new ClippedPredictor(reference, radius), draws, DrawsPerImage, 1 - (Alpha / 2));
            ScoreBound worst = excess.MaxBy(bound => bound.Bound);
            rows.Add(new BoundRow("excess over references", time, worst with { Level = 1 - Alpha }, double.NaN, double.NaN));
        }

        return rows;
    }

    private GaussianMixture OfClass(MatrixView<double> train, int digit)
    {
        int[] rows = [.. Enumerable.Range(0, train.Rows).Where(i => images.Generator.Labels.Span[i] == digit)];
        MatrixView<double> some = MatrixView.Allocate<double>(rows.Length, train.Columns);
        for (int i = 0; i < rows.Length; i++)
            train.Row(rows[i]).CopyTo(some.Row(i));
        return FittedMixture.Of(some);
    }

    private static MatrixView<double> Repeated(MatrixView<double> images)
    {
        MatrixView<double> repeated = MatrixView.Allocate<double>(images.Rows * DrawsPerImage, images.Columns);
        for (int i = 0; i < repeated.Rows; i++)
            images.Row(i / DrawsPerImage).CopyTo(repeated.Row(i));
        return repeated;
    }
}
