using Kelvin.Cli.Lab.Landscape;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Claims.Differences;

/// <summary>Why the bound of linear convergence is broken here and never was in the reference: points in 4 dimensions lose half of λ_min on the way.</summary>
internal static class ConvergenceDifference
{
    private sealed record Setting(string Change, int[] Widths, double[] Sigmas, bool[] HasHardTargets, int Dimensions);

    public static MeasuredDifference Measure(ClaimLab lab, bool isQuick)
    {
        Setting[] settings =
        [
            new("reference: d = 8, m = 32 and 512, σ = ½ and 1, N(0, 1) and N(0, m)", isQuick ? [32] : [32, 512], [0.5, 1], [false, true], 8),
            new("only m = 128, σ = 1, N(0, m)", [128], [1], [true], 8),
            new("and d = 4", [128], [1], [true], 4),
            new("d = 4, but N(0, 1)", [128], [1], [false], 4),
        ];
        return new MeasuredDifference(
            "linear-convergence",
            "The reference never saw the bound of linear convergence broken (0 of 144 runs)",
            "share of the runs above (1 − mηλ_min/2)ᵏ of their start",
            true,
            [.. LabNetworks.Activations.Select(LabWords.Of)],
            [.. settings.Select(setting => Step(lab, setting))]);
    }

    private static DifferenceStep Step(ClaimLab lab, Setting setting)
    {
        Course[][] courses = [.. LabNetworks.Activations.Select(activation => Courses(lab, activation, setting))];
        Course[] all = [.. courses.SelectMany(one => one)];
        int halved = all.Count(course => course.Smallest < 0.5);
        int broken = all.Count(course => course.BreaksBound);
        int both = all.Count(course => course.BreaksBound && course.Smallest < 0.5);
        return new DifferenceStep(
            setting.Change,
            [.. courses.Select(one => LandscapeMeasure.Wilson(one.Count(course => course.BreaksBound), one.Length))],
            LabWords.Text($"{broken} of {all.Length} runs; λ_min falls below half of its start in {halved}, in {both} of those {broken}"));
    }

    private static Course[] Courses(ClaimLab lab, HiddenActivation activation, Setting setting) =>
    [
        .. from hidden in setting.Widths
           from sigma in setting.Sigmas
           from isHard in setting.HasHardTargets
           from course in lab.OverSeeds(
               LabWords.Text($"Bound, {LabWords.Of(activation)}, {hidden} units"),
               seed => Course.Run(activation, hidden, sigma, isHard ? Math.Sqrt(hidden) : 1, setting.Dimensions, seed, lab.Run.CancellationToken))
           select course,
    ];
}
