using Kelvin.Cli.Lab.Landscape;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Claims.Differences;

/// <summary>Why 4 units fit in the reference and about 8 are needed here: pairs of units at the start, and patience.</summary>
internal static class WidthDifference
{
    private static readonly int[] Widths = [4, 8, 16];

    private sealed record Setting(string Change, bool IsSymmetric, double Targets, double Multiple, double Share, int Steps);

    public static MeasuredDifference Measure(ClaimLab lab, bool isQuick)
    {
        int many = isQuick ? 20_000 : 200_000;
        Setting[] settings =
        [
            new(LabWords.Text($"reference: symmetric start, N(0, 1), ¼ of the stable step, to 10⁻³, {many} steps"), true, 1, 0.25, 1e-3, many),
            new("independent signs", false, 1, 0.25, 1e-3, many),
            new("targets of size ½, to 10⁻²", false, 0.5, 0.25, 1e-2, many),
            new("10 000 steps of half the stable step", false, 0.5, 0.5, 1e-2, 10_000),
            new("the same from a symmetric start", true, 0.5, 0.5, 1e-2, 10_000),
        ];
        return new MeasuredDifference(
            "width",
            "The reference fits 16 points with 4 units in 6 of 6 seeds",
            "share of the seeds that fit, by width",
            true,
            [.. Widths.Select(width => LabWords.Text($"m = {width}"))],
            [.. settings.Select(setting => Step(lab, setting))]);
    }

    private static DifferenceStep Step(ClaimLab lab, Setting setting)
    {
        bool[][] fits = lab.OverSeeds("Widths that fit", seed => Widths.Select(hidden => Fits(lab, hidden, setting, seed)).ToArray());
        return new DifferenceStep(setting.Change, [.. Widths.Select((_, k) => LandscapeMeasure.Wilson(fits.Count(one => one[k]), fits.Length))]);
    }

    private static bool Fits(ClaimLab lab, int hidden, Setting setting, int seed)
    {
        TrainingSet<double> set = ClaimLab.Regression(setting.Targets, seed);
        TwoLayerNetwork<double> network = ClaimLab.Network(HiddenActivation.Softmax, hidden, sigma: 1, seed, isSymmetric: setting.IsSymmetric);
        double stable = ClaimLab.Kernel(network, set.Inputs).StableStep();
        var descent = new DescentOptions { Loss = LossOptions.Theory, MaxSteps = setting.Steps, TargetShare = setting.Share, GivesUp = false };
        return double.IsFinite(stable) && Descent.Run(
            network, set, setting.Multiple * stable, descent, new NetworkWorkspace<double>(network.Options, set.Rows), cancellationToken: lab.Run.CancellationToken).IsFit;
    }
}
