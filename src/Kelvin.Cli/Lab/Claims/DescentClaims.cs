using Kelvin.Cli.Frame;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>Claims 4 to 8: what happens to the kernel along gradient descent, and what that does to the convergence proof.</summary>
/// <remarks>Demanding is what the reference calls so: targets N(0, m) (the NTK scaling) for 16 points in 4 dimensions (in 8 for 8 units, whose kernel
/// would be singular in 4); else N(0, 1) in 8.</remarks>
/// <param name="lab">The setting.</param>
internal sealed class DescentClaims(ClaimLab lab)
{
    private const double Sigma = 1;
    private static readonly bool[] Demands = [false, true];
    private static readonly int[] Widths = [8, 128];
    private readonly Dictionary<(HiddenActivation, int, bool), Course[]> _courses = [];

    public IEnumerable<MeasuredClaim> Measure()
    {
        foreach (HiddenActivation activation in LabNetworks.Activations)
        {
            foreach ((int hidden, bool isDemanding) in new[] { (8, false), (8, true), (128, false), (128, true) })
            {
                _courses[(activation, hidden, isDemanding)] = lab.OverSeeds(
                    LabWords.Text($"Descent, {LabWords.Of(activation)}, {hidden} units"),
                    seed => Course.Run(activation, hidden, Sigma, isDemanding ? Math.Sqrt(hidden) : 1, isDemanding && hidden > 8 ? 4 : ClaimLab.Dimensions, seed, lab.Run.CancellationToken));
            }
        }

        yield return DriftAgainst(HiddenActivation.Exp, "drift-exp", "Softmax's kernel drifts less than exp's along gradient descent");
        yield return DriftAgainst(HiddenActivation.Relu, "drift-relu", "Softmax's kernel drifts less than ReLU's");
        yield return Smallest();
        yield return Linear();
        yield return SafeStep();
    }

    private Estimate Mean(HiddenActivation activation, int hidden, bool isDemanding, Func<Course, double> value) =>
        Estimate.Mean(_courses[(activation, hidden, isDemanding)].Select(value));

    private Estimate Ratio(HiddenActivation other, bool isDemanding) => Estimate.GeometricMean(
        _courses[(HiddenActivation.Softmax, 128, isDemanding)].Zip(_courses[(other, 128, isDemanding)], (softmax, one) => softmax.Drift / one.Drift));

    private MeasuredClaim DriftAgainst(HiddenActivation other, string id, string claim)
    {
        Estimate easy = Ratio(other, isDemanding: false);
        Estimate demanding = Ratio(other, isDemanding: true);
        ClaimVerdict verdict = easy.High < 1 && demanding.High < 1 ? ClaimVerdict.Holds : easy.High < 1 ? ClaimVerdict.Conditional : ClaimVerdict.Fails;
        return new MeasuredClaim(
            id,
            claim,
            LabWords.Text($"‖H(end) − H(0)‖/‖H(0)‖ at 10⁻³ of the loss, softmax divided by {LabWords.Of(other)}, targets N(0, 1), m = 128, σ = 1"),
            easy,
            lab.Seeds.Count,
            verdict,
            "the targets ask for little movement",
            LabWords.Text($"with demanding ones (N(0, m), d = 4) the ratio is {LabWords.Number(demanding)}"),
            DriftPlot());
    }

    private Reports.Charts.BarChart DriftPlot() => ClaimPlots.Bars(
        "Drift of the kernel along descent",
        "Relative change of H from the start to 10⁻³ of the loss, 128 units.",
        "Targets",
        ["N(0, 1), d = 8", "N(0, m), d = 4"],
        ClaimPlots.Log("Relative change"),
        ClaimPlots.ByActivation(activation => [.. Demands.Select(isDemanding =>
            Estimate.GeometricMean(_courses[(activation, 128, isDemanding)].Select(course => course.Drift)))]));

    private MeasuredClaim Smallest()
    {
        Estimate wide = Mean(HiddenActivation.Softmax, 128, false, course => course.Smallest);
        Estimate narrow = Mean(HiddenActivation.Softmax, 8, false, course => course.Smallest);
        Estimate hard = Mean(HiddenActivation.Softmax, 8, true, course => course.Smallest);
        double worst = _courses[(HiddenActivation.Softmax, 8, true)].Min(course => course.Smallest);
        Estimate relu = Mean(HiddenActivation.Relu, 128, false, course => course.Smallest);
        double worstWide = _courses[(HiddenActivation.Softmax, 128, false)].Min(course => course.Smallest);
        bool holdsWide = worstWide > 0.95;
        return new MeasuredClaim(
            "smallest-eigenvalue",
            "The smallest eigenvalue stays away from 0, as the convergence proof needs",
            "smallest λ_min(H)/λ_min(H(0)) of softmax along descent, targets N(0, 1), m = 128, σ = 1",
            wide,
            lab.Seeds.Count,
            holdsWide && worst > 0.95 && relu.Low > 0.95 ? ClaimVerdict.Holds : holdsWide ? ClaimVerdict.Conditional : ClaimVerdict.Fails,
            "the network is wide, or its targets lie well inside what it can say",
            LabWords.Text($"softmax at m = 128: worst {LabWords.Number(worstWide)}; at m = 8 the mean is {LabWords.Number(narrow.Value)}, with demanding targets {LabWords.Number(hard.Value)}, the worst {LabWords.Number(worst)}; ReLU at m = 128: {LabWords.Number(relu)}"),
            ClaimPlots.Bars(
                "Smallest eigenvalue along descent",
                "Smallest λ_min(H) on the way as a share of the start's; targets N(0, 1).",
                "Hidden units",
                ["8", "128"],
                new Reports.Charts.Axis("λ_min(H)/λ_min(H(0))"),
                ClaimPlots.ByActivation(activation => [.. Widths.Select(hidden => Mean(activation, hidden, false, course => course.Smallest))])));
    }

    private MeasuredClaim Linear()
    {
        Course[] all = [.. _courses.Where(entry => entry.Key.Item2 == 128).SelectMany(entry => entry.Value)];
        int easy = LabNetworks.Activations.Sum(activation => Broken(activation, false));
        Estimate broken = Landscape.LandscapeMeasure.Wilson(all.Count(course => course.BreaksBound), all.Length);
        Estimate[] fits = [.. LabNetworks.Activations.Select(activation =>
        {
            Course[] courses = [.. _courses.Where(entry => entry.Key.Item1 == activation && entry.Key.Item2 == 128).SelectMany(entry => entry.Value)];
            return Landscape.LandscapeMeasure.Wilson(courses.Count(course => course.BreaksBound), courses.Length);
        })];
        return new MeasuredClaim(
            "linear-convergence",
            "Gradient descent converges linearly when over-parametrised",
            LabWords.Text($"share of {all.Length} runs whose loss was ever above (1 − mηλ_min/2)ᵏ of its start, η = ¼ of the stable step, m = 128"),
            broken,
            lab.Seeds.Count,
            broken.Value == 0 ? ClaimVerdict.Holds : easy == 0 ? ClaimVerdict.Conditional : ClaimVerdict.Fails,
            "the targets are not demanding",
            broken.Value == 0 ? string.Empty : LabWords.Text($"with targets N(0, 1), d = 8, {easy} runs break it; with demanding ones (N(0, m), d = 4) {string.Join(", ", LabNetworks.Activations.Select(activation => LabWords.Text($"{LabWords.Of(activation)} {Broken(activation, true)} of {lab.Seeds.Count}")))}, where λ_min falls on the way"),
            ClaimPlots.Bars("Runs above the bound", "Share of the runs, with Wilson's interval.", "Activation", [.. LabNetworks.Activations.Select(LabWords.Of)], new Reports.Charts.Axis("Share") { Max = 1 }, ("above the bound", fits)));
    }

    private int Broken(HiddenActivation activation, bool isDemanding) =>
        _courses[(activation, 128, isDemanding)].Count(course => course.BreaksBound);

    private MeasuredClaim SafeStep()
    {
        Estimate easy = Mean(HiddenActivation.Softmax, 128, false, course => course.Largest);
        Estimate demanding = Mean(HiddenActivation.Softmax, 128, true, course => course.Largest);
        return new MeasuredClaim(
            "safe-step",
            "A step below 2/(mλ_max(H(0))) is safe",
            "largest λ_max(H)/λ_max(H(0)) of softmax along descent, demanding targets (N(0, m), d = 4), m = 128, σ = 1; 1 would make the step safe",
            demanding,
            lab.Seeds.Count,
            demanding.High < 1.05 ? ClaimVerdict.Holds : ClaimVerdict.Fails,
            string.Empty,
            LabWords.Text($"λ_max grows while training, so the promise of the start is broken; with targets N(0, 1) it grows to {LabWords.Number(easy)} only"),
            ClaimPlots.Bars(
                "Growth of the largest eigenvalue along descent",
                "Largest λ_max(H) on the way as a multiple of the start's, 128 units.",
                "Targets",
                ["N(0, 1), d = 8", "N(0, m), d = 4"],
                new Reports.Charts.Axis("λ_max(H)/λ_max(H(0))"),
                ClaimPlots.ByActivation(activation => [Mean(activation, 128, false, course => course.Largest), Mean(activation, 128, true, course => course.Largest)])));
    }
}
