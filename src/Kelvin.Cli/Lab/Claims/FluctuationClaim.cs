using Kelvin.Cli.Frame;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Statistics;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>Claim 3: how much one diagonal entry of the kernel fluctuates over starts.</summary>
internal static class FluctuationClaim
{
    private static readonly double[] Sigmas = [0.1, 0.2, 0.3, 0.5];

    public static MeasuredClaim Measure(ClaimLab lab, bool isQuick)
    {
        const int hidden = 1024;
        int draws = isQuick ? 20 : 50;   // for each seed
        double[][] variances = lab.OverSeeds("Fluctuation at the start", seed => Sigmas.SelectMany(sigma => new[]
        {
            Variance(HiddenActivation.Softmax, hidden, sigma, seed, draws),
            Variance(HiddenActivation.Exp, hidden, sigma, seed, draws),
        }).ToArray());
        Estimate Of(int k) => Estimate.GeometricMean(variances.Select(one => one[k]));
        Estimate ratio = Estimate.GeometricMean(variances.Select(one => one[2] / one[3]));
        return new MeasuredClaim(
            "fluctuation",
            "Softmax's kernel fluctuates less at the start",
            LabWords.Text($"variance of H_ii over {draws} starts a seed, softmax divided by exp, σ = 0.2, m = {hidden}, symmetric start"),
            ratio,
            lab.Seeds.Count,
            ratio.High < 1 ? ClaimVerdict.Holds : ClaimVerdict.Fails,
            string.Empty,
            LabWords.Text($"m·Var/E² at σ = 0.1: {LabWords.Number(Of(0).Value)} (law 4σ⁴ = 4.0e−4) against exp's {LabWords.Number(Of(1).Value)} (law 2(e^4σ² − 1) = 0.0816)"),
            ClaimPlots.Lines(
                "Fluctuation of a diagonal entry",
                "m times the relative variance of H_ii over starts; exp falls like σ², softmax like σ⁴.",
                ClaimPlots.Log("σ"),
                ClaimPlots.Log("m Var(H)/E(H)²"),
                Sigmas,
                ("softmax", [.. Sigmas.Select((_, k) => Of(2 * k))]),
                ("exp", [.. Sigmas.Select((_, k) => Of((2 * k) + 1))])));
    }

    private static double Variance(HiddenActivation activation, int hidden, double sigma, int seed, int draws)
    {
        MatrixView<double> point = ClaimLab.Sphere(1, ClaimLab.Dimensions, seed);
        Moments moments = Moments.Of([.. Enumerable.Range(0, draws).Select(k =>
            ClaimLab.Kernel(ClaimLab.Network(activation, hidden, sigma, unchecked((seed * 1000) + k)), point).Matrix[0, 0])]);
        double deviation = moments.StandardError * Math.Sqrt(draws);
        return hidden * deviation * deviation / (moments.Mean * moments.Mean);
    }
}
