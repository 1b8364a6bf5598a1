using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>Claim 9: what becomes of training with steps beyond the stable one.</summary>
internal static class LargeStepClaim
{
    private static readonly double[] Multiples = [0.9, 1.2, 1.4, 1.6, 2, 2.5, 16];

    public static MeasuredClaim Measure(ClaimLab lab, bool isQuick)
    {
        int hidden = isQuick ? 64 : 256;
        int steps = isQuick ? 1000 : 3000;
        DescentOutcome[][][] outcomes = lab.OverSeeds("Large steps", seed => LabNetworks.Activations
            .Select(activation => Multiples.Select(multiple => One(activation, hidden, steps, multiple, seed, lab.Run.CancellationToken)).ToArray())
            .ToArray());
        double Largest(DescentOutcome[] one) => Multiples[Math.Max(0, one.TakeWhile(outcome => outcome == DescentOutcome.Fit).Count() - 1)];
        Estimate againstExp = Estimate.GeometricMean(outcomes.Select(one => Largest(one[0]) / Largest(one[1])));
        Estimate againstRelu = Estimate.GeometricMean(outcomes.Select(one => Largest(one[0]) / Largest(one[2])));
        int diverged = outcomes.Sum(one => one[0].Count(outcome => outcome == DescentOutcome.Diverged));
        int others = outcomes.Sum(one => one[1].Concat(one[2]).Count(outcome => outcome == DescentOutcome.Diverged));
        int dead = outcomes.Count(one => one[0][^1] == DescentOutcome.DeadOneHot);
        ClaimVerdict verdict = againstExp.Low > 1 && againstRelu.Low > 1 ? ClaimVerdict.Holds : diverged == 0 ? ClaimVerdict.Conditional : ClaimVerdict.Fails;
        return new MeasuredClaim(
            "large-steps",
            "Softmax is the more stable choice at large steps",
            LabWords.Text($"largest step that still fits 16 random points, softmax divided by exp, m = {hidden}, σ = 1, at most {steps} steps"),
            againstExp,
            lab.Seeds.Count,
            verdict,
            "stable means no more than bounded",
            LabWords.Text($"softmax diverges in {diverged} of {Multiples.Length * lab.Seeds.Count} runs, the others in {others}; at 16 times the step it is dead one-hot in {dead} of {lab.Seeds.Count}; against ReLU the ratio is {LabWords.Number(againstRelu)}"),
            ClaimPlots.Lines(
                "Runs that fit, by step",
                "Share of the seeds whose loss falls below 10⁻³ of its start, with Wilson's interval.",
                ClaimPlots.Log("Step × λ_max/2"),
                new Reports.Charts.Axis("Share that fits") { Min = 0, Max = 1 },
                Multiples,
                [.. LabNetworks.Activations.Select((activation, a) => (LabWords.Of(activation), (IReadOnlyList<Estimate>)[.. Multiples.Select((_, k) =>
                    Landscape.LandscapeMeasure.Wilson(outcomes.Count(one => one[a][k] == DescentOutcome.Fit), outcomes.Length))]))]));
    }

    private static DescentOutcome One(HiddenActivation activation, int hidden, int steps, double multiple, int seed, CancellationToken cancellationToken)
    {
        TrainingSet<double> set = ClaimLab.Regression(Math.Sqrt(hidden), seed);
        TwoLayerNetwork<double> network = ClaimLab.Network(activation, hidden, sigma: 1, seed);
        double stable = ClaimLab.Kernel(network, set.Inputs).StableStep();
        var descent = new DescentOptions { Loss = LossOptions.Theory, MaxSteps = steps, TargetShare = 1e-3, GivesUp = false };
        return Descent.Run(
            network, set, multiple * stable, descent, new NetworkWorkspace<double>(network.Options, set.Rows), cancellationToken: cancellationToken).Outcome;
    }
}
