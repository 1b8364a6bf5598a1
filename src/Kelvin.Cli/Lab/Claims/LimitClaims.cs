using Kelvin.Cli.Frame;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>Claims 11 to 13: the infinite-width limit, how near a network is to it, and whether its outputs decouple.</summary>
internal static class LimitClaims
{
    private static readonly double[] Reaches = [0.25, 0.5, 1, 1.5, 2];

    public static IEnumerable<MeasuredClaim> Measure(ClaimLab lab, bool isQuick)
    {
        yield return Superior(lab);
        yield return Describes(lab, isQuick ? 256 : 1024);
        yield return Decouples(lab, isQuick ? [64, 256, 1024] : [64, 256, 1024, 4096]);
    }

    private static MeasuredClaim Superior(ClaimLab lab)
    {
        double[][] all = lab.OverSeeds("Limit kernels", seed =>
        {
            MatrixView<double> inputs = ClaimLab.Sphere(ClaimLab.Points, ClaimLab.Dimensions, seed);
            MatrixView<double> softmax = InfiniteWidthKernel.Compute<double>(HiddenActivation.Softmax, inputs, inputs, 1, 1);
            MatrixView<double> exp = InfiniteWidthKernel.Compute<double>(HiddenActivation.Exp, inputs, inputs, 1, 1);
            double[] values = [.. Enumerable.Range(0, inputs.Rows * inputs.Rows).Select(k => exp.Span[k] / softmax.Span[k])];
            return new[] { values.Max() / values.Min() - 1, values[0] };
        });
        Estimate difference = Estimate.Mean(all.Select(one => one[0]));
        Estimate constant = Estimate.Mean(all.Select(one => one[1]));
        return new MeasuredClaim(
            "limit-superior",
            "Softmax has a better kernel than exp in the infinite-width limit",
            "largest relative difference between the two limit kernels on the unit sphere, after a common factor, σ = T = 1",
            difference,
            lab.Seeds.Count,
            difference.High < 1e-10 ? ClaimVerdict.Fails : ClaimVerdict.Holds,
            string.Empty,
            LabWords.Text($"they are the same kernel up to the factor e^(σ²ρ²/T²) = {LabWords.Number(constant.Value)}: the same eigenvectors, the same regression"),
            ClaimPlots.Bars("exp's limit kernel divided by softmax's", "One number for every pair of points, e = 2.718….", "Entry", ["ratio"], new Reports.Charts.Axis("Ratio"), ("ratio", [constant])));
    }

    private static MeasuredClaim Describes(ClaimLab lab, int hidden)
    {
        double[][] all = lab.OverSeeds("Distance from the limit", seed => Reaches.Select(sigma =>
        {
            MatrixView<double> inputs = ClaimLab.Sphere(ClaimLab.Points, ClaimLab.Dimensions, seed);
            TwoLayerNetwork<double> network = ClaimLab.Network(HiddenActivation.Softmax, hidden, sigma, seed);
            return ClaimLab.Distance(ClaimLab.Kernel(network, inputs).Matrix, InfiniteWidthKernel.For<double>(network.Options, inputs));
        }).ToArray());
        Estimate[] distances = [.. Reaches.Select((_, k) => Estimate.GeometricMean(all.Select(one => one[k])))];
        return new MeasuredClaim(
            "limit-describes",
            "The infinite-width kernel describes the network",
            LabWords.Text($"‖H − K‖/‖K‖ of softmax at the start, σ‖x‖/T = 1, m = {hidden}"),
            distances[2],
            lab.Seeds.Count,
            distances[4].High < 0.3 ? ClaimVerdict.Holds : distances[1].High < 0.3 ? ClaimVerdict.Conditional : ClaimVerdict.Fails,
            "σ‖x‖/T ≲ 1",
            LabWords.Text($"{LabWords.Number(distances[1].Value)} at 0.5, but {LabWords.Number(distances[3].Value)} at 1.5 and {LabWords.Number(distances[4].Value)} at 2"),
            ClaimPlots.Lines("Distance from the limit", "Relative Frobenius distance of the kernel at the start from its infinite-width limit.", new Reports.Charts.Axis("σ‖x‖/T"), ClaimPlots.Log("‖H − K‖/‖K‖"), Reaches, ("softmax", distances)));
    }

    private static MeasuredClaim Decouples(ClaimLab lab, int[] widths)
    {
        double[][] all = lab.OverSeeds("Coupling of outputs", seed => widths.Select(hidden =>
        {
            MatrixView<double> inputs = ClaimLab.Sphere(ClaimLab.Points, ClaimLab.Dimensions, seed);
            return Coupling(ClaimLab.Network(HiddenActivation.Softmax, hidden, 1, seed, outputs: 2, isSymmetric: false), inputs);
        }).ToArray());
        Estimate[] shares = [.. widths.Select((_, k) => Estimate.GeometricMean(all.Select(one => one[k])))];
        Estimate slope = Estimate.Mean(all.Select(one => Math.Log(one[^1] / one[0]) / Math.Log((double)widths[^1] / widths[0])));
        return new MeasuredClaim(
            "decoupling",
            "The outputs of a wide network decouple",
            LabWords.Text($"‖H₁₂‖/‖H₁₁‖ of softmax at m = {widths[^1]}, σ = 1"),
            shares[^1],
            lab.Seeds.Count,
            shares[0].High < 0.05 ? ClaimVerdict.Holds : slope.High < 0 ? ClaimVerdict.Conditional : ClaimVerdict.Fails,
            "the width is very large",
            LabWords.Text($"it falls like m to the power {LabWords.Number(slope)} (law −½), from {LabWords.Number(shares[0].Value)} at m = {widths[0]}"),
            ClaimPlots.Lines("Coupling of two outputs", "Size of the block between two outputs relative to a diagonal block.", ClaimPlots.Log("Hidden units"), ClaimPlots.Log("‖H₁₂‖/‖H₁₁‖"), [.. widths.Select(width => (double)width)], ("softmax", shares)));
    }

    /// <summary>‖H₁₂‖_F/‖H₁₁‖_F: the size of the kernel's block between two outputs relative to a diagonal one.</summary>
    public static double Coupling(TwoLayerNetwork<double> network, ReadOnlyMatrixView<double> inputs)
    {
        ReadOnlyMatrixView<double> kernel = ClaimLab.Kernel(network, inputs).Matrix;
        return Size(kernel, 0, ClaimLab.Points) / Size(kernel, 0, 0);
    }

    private static double Size(ReadOnlyMatrixView<double> kernel, int row, int column)
    {
        double sum = 0;
        for (int i = 0; i < ClaimLab.Points; i++)
        {
            for (int j = 0; j < ClaimLab.Points; j++)
                sum += Math.Pow(kernel[row + i, column + j], 2);
        }

        return Math.Sqrt(sum);
    }
}
