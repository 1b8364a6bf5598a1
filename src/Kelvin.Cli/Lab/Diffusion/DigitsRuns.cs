using Kelvin.Cli.Training;
using Kelvin.Diffusion;
using Kelvin.Linear;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>Trains a class-conditional generator of digits and judges its samples.</summary>
/// <param name="run">The means.</param>
/// <param name="plan">Steps, seed.</param>
/// <param name="statePath">Where the training is kept, or null.</param>
internal sealed class DigitsRuns(LabRun run, DiffusionPlan plan, string? statePath)
{
    private const double From = 0.985;
    private const int OfSheet = 12;
    private const int GuidanceSeedOffset = 500;

    /// <summary>
    /// The samplers, the default one first, each with the steps after which more of them hardly change its samples: coarse steps of the others draw samples towards the
    /// training images.
    /// </summary>
    private static readonly (SamplerKind Kind, int Steps)[] Samplers = [(SamplerKind.Heun, 18), (SamplerKind.Ddim, 72), (SamplerKind.Ancestral, 240)];
    private static readonly ForwardProcess Process = ForwardProcess.VariancePreserving(NoiseSchedule.Cosine());

    public DigitsResult Measure()
    {
        var images = new DigitImages(BuiltInData.TryRead("digits")!, plan.Seed);
        (DenoiserNetwork<float> network, double seconds) = new GeneratorTraining(run, plan, images, Process, statePath).Train();
        var judge = new DigitClassifier(images.Classifier, plan.Seed);
        var choice = new GuidanceChoice(images);
        double[] chosen = run.Do<double>(
            "Choosing the guidance",
            [.. Samplers.Select(one => (Func<double>)(() => choice.Of(guidance => Sample(network, images, one.Kind, one.Steps, guidance, plan.Seed + GuidanceSeedOffset))))]);
        (SamplerKind Kind, int Steps, double Guidance)[] ways =
        [
            (Samplers[0].Kind, Samplers[0].Steps, chosen[0]),
            .. new[] { 1, 1.25, 2 }.Where(guidance => guidance != chosen[0]).Select(guidance => (Samplers[0].Kind, Samplers[0].Steps, guidance)),
            .. Samplers.Zip(chosen).Skip(1).Select(one => (one.First.Kind, one.First.Steps, one.Second)),
        ];
        MatrixView<double>[] samples = run.Do<MatrixView<double>>(
            "Sampling digits", [.. ways.Select(way => (Func<MatrixView<double>>)(() => Sample(network, images, way.Kind, way.Steps, way.Guidance, plan.Seed)))]);
        var quality = new DigitsQuality(images, judge);
        return new DigitsResult(
            seconds,
            images.Generator.Rows,
            images.Test.Rows,
            judge.Accuracy(images.Test.Features, images.Test.Labels.Span),
            quality.HalvesDistance,
            [.. ways.Zip(samples).Select(pair => quality.Of(pair.First.Kind, pair.First.Steps, pair.First.Guidance, pair.Second))],
            new DigitsBounds(images, network, Process).Measure(),
            Sheet(images, samples[0]));
    }

    private MatrixView<double> Sample(DenoiserNetwork<float> network, DigitImages images, SamplerKind kind, int steps, double guidance, int seed)
    {
        MatrixView<float> x = MatrixView.Allocate<float>(images.Generator.Rows, images.Generator.FeatureCount);
        DiffusionSampler.Start(Process.At(From), x, seed, images.Deviation * images.Deviation);
        DiffusionSampler.Run(
            Process,
            new DenoiserScore<float>(network, images.Generator.Labels.Span, guidance),
            TimeGrid.Power(From, 0, steps, 1.5),
            x,
            new SamplerOptions { Kind = kind },
            seed,
            run.CancellationToken);
        return images.Pixels(x);
    }

    private static IReadOnlyList<double[]>[] Sheet(DigitImages images, MatrixView<double> pixels) =>
    [
        .. Enumerable.Range(0, images.Generator.ClassCount).Select(digit => (IReadOnlyList<double[]>)
        [
            .. Enumerable.Range(0, pixels.Rows)
                .Where(i => images.Generator.Labels.Span[i] == digit)
                .Take(OfSheet)
                .Select(i => pixels.Row(i).ToArray()),
        ]),
    ];
}
