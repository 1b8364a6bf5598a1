using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Stability;
using Kelvin.Tangents;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>Claim 10: which width suffices, and which the theorem asks for.</summary>
internal static class WidthClaim
{
    private static readonly int[] Widths = [2, 4, 8, 16, 32, 64];

    public static MeasuredClaim Measure(ClaimLab lab, bool isQuick)
    {
        int steps = isQuick ? 3000 : 10_000;
        (bool[] Fits, double Asked)[] all = lab.OverSeeds("Widths", seed => (
            Widths.Select(hidden => Fits(hidden, steps, seed, lab.Run.CancellationToken)).ToArray(),
            Asked(seed)));
        Estimate smallest = Estimate.GeometricMean(all.Select(one => (double)Widths[Math.Min(Widths.Length - 1, one.Fits.TakeWhile(fits => !fits).Count())]));
        Estimate asked = Estimate.GeometricMean(all.Select(one => one.Asked));
        return new MeasuredClaim(
            "width",
            "A width of poly(n, d) suffices",
            LabWords.Text($"smallest width with which softmax fits 16 points with targets of size ½ to 10⁻² of the loss within {steps} steps"),
            smallest,
            lab.Seeds.Count,
            smallest.High * 100 < asked.Low ? ClaimVerdict.Conditional : ClaimVerdict.Holds,
            "it is not used to size a network: it is true but vacuous",
            LabWords.Text($"(nd/λ_min)² alone is {LabWords.Number(asked.Value)}, before constants and e^O(B)"),
            ClaimPlots.Lines(
                "Seeds that fit, by width",
                "Share of the seeds, with Wilson's interval.",
                ClaimPlots.Log("Hidden units"),
                new Reports.Charts.Axis("Share that fits") { Min = 0, Max = 1 },
                [.. Widths.Select(width => (double)width)],
                ("softmax", [.. Widths.Select((_, k) => Landscape.LandscapeMeasure.Wilson(all.Count(one => one.Fits[k]), all.Length))])));
    }

    private static bool Fits(int hidden, int steps, int seed, CancellationToken cancellationToken)
    {
        // Targets well inside ±m, which bounds what a softmax network can say: here ±1.
        TrainingSet<double> set = ClaimLab.Regression(0.5, seed);
        TwoLayerNetwork<double> network = ClaimLab.Network(HiddenActivation.Softmax, hidden, sigma: 1, seed);
        double stable = ClaimLab.Kernel(network, set.Inputs).StableStep();
        var descent = new DescentOptions { Loss = LossOptions.Theory, MaxSteps = steps, TargetShare = 1e-2, GivesUp = false };
        return double.IsFinite(stable) && Descent.Run(
            network, set, 0.5 * stable, descent, new NetworkWorkspace<double>(network.Options, set.Rows), cancellationToken: cancellationToken).IsFit;
    }

    /// <summary>(nd/λ_min)² with the kernel's infinite-width limit.</summary>
    private static double Asked(int seed)
    {
        var inputs = ClaimLab.Sphere(ClaimLab.Points, ClaimLab.Dimensions, seed);
        double smallest = KernelSpectrum.Of(InfiniteWidthKernel.Compute<double>(HiddenActivation.Softmax, inputs, inputs, 1, 1), 1).Smallest;
        return Math.Pow(ClaimLab.Points * ClaimLab.Dimensions / smallest, 2);
    }
}
