using Kelvin.Cli.Frame;
using Kelvin.Cli.Training;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Stability;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Cli.Lab.Claims.Differences;

/// <summary>Why softmax is the first to stop fitting 16 random points and not the first on the digits.</summary>
/// <remarks>The largest stable step by bisection, in multiples of 2/λ_max at the start, from the reference's setting to that of
/// <c>lab stability</c>: how a step is judged, then the inputs, their targets, and how many there are.</remarks>
internal static class LargeStepDifference
{
    private const int Hidden = 128;

    private sealed record Setting(string Change, int Points, bool IsDigits, bool HasLabels, bool IsStrict, double Temperature = 1);

    public static MeasuredDifference Measure(ClaimLab lab, bool isQuick)
    {
        int many = isQuick ? 64 : 128;
        Setting[] settings =
        [
            new("reference: 16 random points and targets, to 10⁻³ of the loss", 16, false, false, true),
            new("judged as in lab stability: to 20 %, or what a safe step reaches", 16, false, false, false),
            new("16 digits, random targets", 16, true, false, false),
            new("16 digits, their classes", 16, true, true, false),
            new(LabWords.Text($"{many} digits, random targets"), many, true, false, false),
            new(LabWords.Text($"{many} digits, their classes"), many, true, true, false),
            new(LabWords.Text($"{many} digits, their classes, T = ½"), many, true, true, false, 0.5),
        ];
        LabData digits = LabData.Of(BuiltInData.TryRead("digits")!, lab.Run.Seed);
        return new MeasuredDifference(
            "large-steps/stability",
            "Softmax is the first to stop fitting random points, but not the first on the digits",
            "largest stable step × λ_max/2",
            false,
            [.. LabNetworks.Activations.Select(LabWords.Of), "softmax / ReLU"],
            [.. settings.Select(setting => Step(lab, digits, setting, isQuick ? 500 : setting.IsStrict ? 3000 : 1000))]);
    }

    private static DifferenceStep Step(ClaimLab lab, LabData digits, Setting setting, int steps)
    {
        double[][] all = lab.OverSeeds("Largest steps", seed => LabNetworks.Activations
            .Select(activation => Largest(lab, digits, setting, activation, steps, seed)).ToArray());
        double[][] judged = [.. all.Where(one => one.All(double.IsFinite))];
        return new DifferenceStep(
            setting.Change,
            [
                .. LabNetworks.Activations.Select((_, a) => Estimate.GeometricMean(all.Select(one => one[a]).Where(double.IsFinite))),
                Estimate.GeometricMean(judged.Select(one => one[0] / one[2])),
            ],
            judged.Length < all.Length ? LabWords.Text($"{all.Length - judged.Length} of {all.Length} seeds could not be judged") : string.Empty);
    }

    private static double Largest(ClaimLab lab, LabData digits, Setting setting, HiddenActivation activation, int steps, int seed)
    {
        MatrixView<double> inputs = setting.IsDigits ? Digits(digits, setting.Points, seed, out int[] labels) : Points(setting.Points, seed, out labels);
        MatrixView<double> targets = setting.HasLabels ? Classes(labels) : Random(inputs.Rows, setting.IsDigits ? digits.Classes : 1, seed);
        NetworkOptions options = NetworkOptions.Theory(inputs.Columns, Hidden, targets.Columns, activation) with
        {
            Parametrisation = Parametrisation.Ntk,
            SymmetricStart = true,
            Temperature = setting.Temperature,
            OutputInitialScale = activation == HiddenActivation.Exp ? Math.Exp(-0.5 / (setting.Temperature * setting.Temperature)) : 1,
        };
        var trials = new StepTrials(
            TwoLayerNetwork.Create<float>(options, seed),
            TrainingSet.Regression<float>(Narrow(inputs), Narrow(targets)),
            TrainingSet.Regression<double>(inputs, targets),
            new StepTrialOptions { Descent = new DescentOptions { MaxSteps = steps, TargetShare = setting.IsStrict ? 1e-3 : 0.2 } },
            lab.Run.CancellationToken);
        return trials.FindLargest().Multiple;
    }

    private static MatrixView<double> Points(int points, int seed, out int[] labels)
    {
        labels = [];
        return ClaimLab.Sphere(points, ClaimLab.Dimensions, seed);
    }

    private static MatrixView<double> Digits(LabData digits, int points, int seed, out int[] labels)
    {
        int[] rows = [.. digits.Split.Train];
        new Xoshiro256StarStar(unchecked(seed + 33_000), threadSafe: false).Shuffle(rows);
        rows = rows[..points];
        TrainingSet<double> set = digits.Set<double>(rows);
        labels = set.Labels.ToArray();
        MatrixView<double> inputs = MatrixView.Allocate<double>(points, digits.Features);
        for (int i = 0; i < points; i++)
            set.Inputs.Row(i).CopyTo(inputs.Row(i));
        return inputs;
    }

    private static MatrixView<double> Classes(int[] labels)
    {
        MatrixView<double> targets = MatrixView.Allocate<double>(labels.Length, 10);
        for (int i = 0; i < labels.Length; i++)
            targets[i, labels[i]] = 1;
        return targets;
    }

    private static MatrixView<double> Random(int rows, int outputs, int seed)
    {
        var random = new Xoshiro256StarStar(unchecked(seed + 99_000), threadSafe: false);
        MatrixView<double> targets = MatrixView.Allocate<double>(rows, outputs);
        foreach (ref double y in targets.Span)
            y = Normal.Sample(random, 0, 1);
        return targets;
    }

    private static MatrixView<float> Narrow(MatrixView<double> values)
    {
        MatrixView<float> narrow = MatrixView.Allocate<float>(values.Rows, values.Columns);
        for (int i = 0; i < values.Span.Length; i++)
            narrow.Span[i] = (float)values.Span[i];
        return narrow;
    }
}
