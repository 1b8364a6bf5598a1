using Kelvin.Cli.Frame;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Claims.Differences;

/// <summary>Why the coupling of outputs falls more slowly than m^−½: at σ = 1 the kernel's terms are log-normal, and the law begins at widths of thousands.</summary>
/// <remarks>The terms of the block are e^(2z) with random signs, so its size relative to the diagonal one is e^(2σ²)/√m once m is far above e^(4σ²).</remarks>
internal static class DecouplingDifference
{
    private static readonly double[] Sigmas = [1, 0.5, 0.25];

    /// <summary>What the reference found at σ = 1.</summary>
    private static readonly Dictionary<int, double> Reference = new() { [64] = 0.37, [256] = 0.30, [1024] = 0.19, [4096] = 0.093, [16_384] = 0.054 };

    public static MeasuredDifference Measure(ClaimLab lab, bool isQuick)
    {
        int[] widths = isQuick ? [64, 1024] : [64, 256, 1024, 4096, 16_384, 65_536, 262_144];
        double[][][] all = lab.OverSeeds("Coupling by width", seed => Sigmas.Select(sigma => widths.Select(hidden => Coupling(hidden, sigma, seed)).ToArray()).ToArray());
        return new MeasuredDifference(
            "decoupling",
            "The coupling of outputs falls like m^−0.3 between 64 and 4 096 units, not m^−½",
            "‖H₁₂‖/‖H₁₁‖ of softmax by width",
            false,
            [.. Sigmas.Select(sigma => LabWords.Text($"σ = {sigma}"))],
            [.. widths.Select((width, k) => new DifferenceStep(
                LabWords.Text($"m = {width}"),
                [.. Sigmas.Select((_, s) => Estimate.GeometricMean(all.Select(one => one[s][k])))],
                Remark(all, widths, k)))]);
    }

    private static string Remark(double[][][] all, int[] widths, int k)
    {
        string reference = Reference.TryGetValue(widths[k], out double found) ? LabWords.Text($"reference {found} at σ = 1; ") : string.Empty;
        string law = LabWords.Text($"e^2σ²/√m at σ = 1: {LabWords.Number(Math.Exp(2) / Math.Sqrt(widths[k]))}");
        return k == 0 ? reference + law : reference + law + "; exponent since the last width " + string.Join(", ", Sigmas.Select((_, s) => Exponent(all, widths, s, k)));
    }

    private static string Exponent(double[][][] all, int[] widths, int s, int k) =>
        LabWords.Number(all.Average(one => Math.Log(one[s][k] / one[s][k - 1])) / Math.Log((double)widths[k] / widths[k - 1]));

    private static double Coupling(int hidden, double sigma, int seed) => LimitClaims.Coupling(
        ClaimLab.Network(HiddenActivation.Softmax, hidden, sigma, seed, outputs: 2, isSymmetric: false),
        ClaimLab.Sphere(ClaimLab.Points, ClaimLab.Dimensions, seed));
}
