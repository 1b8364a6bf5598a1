using Kelvin.Cli.Frame;
using Kelvin.Diffusion;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>Claim 14: whether the score of a diffusion is learnt from noisy labels, better with more data.</summary>
internal static class DiffusionClaim
{
    private static readonly ScoreKernel[] Kernels =
    [
        new(HiddenActivation.Softmax, PointLift.Sphere),
        new(HiddenActivation.Softmax, PointLift.Raw),
        new(HiddenActivation.Relu, PointLift.Bias),
    ];

    /// <summary>σ is chosen among these on held-out noise, as the ridge is.</summary>
    private static readonly double[] Scales = [0.5, 1, 2, 3, 5];

    private static readonly string[] Names = ["softmax, on the sphere", "softmax, raw", "ReLU, with bias"];

    public static MeasuredClaim Measure(ClaimLab lab, bool isQuick)
    {
        int[] sizes = isQuick ? [50, 100, 200] : [100, 200, 400, 800];
        double[][][] errors = lab.OverSeeds("Scores from noisy labels", seed => Kernels.Select(kernel => sizes.Select(n => Error(kernel, n, seed)).ToArray()).ToArray());
        Estimate[] slopes = [.. Kernels.Select((_, k) => Estimate.Mean(errors.Select(one => Slope(sizes, one[k]))))];
        Estimate At(int kernel, int size) => Estimate.GeometricMean(errors.Select(one => one[kernel][size]));
        bool all = slopes.All(slope => slope.High < 0);
        return new MeasuredClaim(
            "diffusion",
            "Gradient methods learn the diffusion score from noisy labels",
            LabWords.Text($"slope of log E‖ŝ − s‖²/E‖s‖² in log n, kernel regression with softmax's kernel on the sphere, ring of eight modes, t = 0.1, ridge and σ chosen on held-out noise, n to {sizes[^1]}"),
            slopes[0],
            lab.Seeds.Count,
            all ? ClaimVerdict.Holds : slopes[0].High < 0 ? ClaimVerdict.Conditional : ClaimVerdict.Fails,
            "the points are projected to a sphere, or have a bias",
            LabWords.Text($"at n = {sizes[^1]} the error is {LabWords.Number(At(0, sizes.Length - 1).Value)} on the sphere, {LabWords.Number(At(1, sizes.Length - 1).Value)} with softmax's raw features, {LabWords.Number(At(2, sizes.Length - 1).Value)} with ReLU and a bias: the projection matters more than the activation"),
            ClaimPlots.Lines(
                "Score error by sample size",
                "Against the mixture's exact score on fresh points; labels are the noise itself.",
                ClaimPlots.Log("Noisy examples"),
                ClaimPlots.Log("E‖ŝ − s‖²/E‖s‖²"),
                [.. sizes.Select(size => (double)size)],
                [.. Names.Select((name, k) => (name, (IReadOnlyList<Estimate>)[.. sizes.Select((_, i) => At(k, i))]))]));
    }

    private static double Error(ScoreKernel kernel, int rows, int seed)
    {
        GaussianMixture ring = GaussianMixture.Ring();
        NoiseLevel level = ForwardProcess.VariancePreserving(NoiseSchedule.Constant(1)).At(0.1);
        NoisySample train = NoisySample.Draw(ring, level, rows, unchecked((seed * 10) + 1));
        NoisySample heldOut = NoisySample.Draw(ring, level, Math.Max(100, rows / 4), unchecked((seed * 10) + 2));
        NoisySample fresh = NoisySample.Draw(ring, level, 1000, unchecked((seed * 10) + 3));
        return ScoreError.Relative(KernelRegression.Fit([.. Scales.Select(scale => kernel with { InitialScale = scale })], train, heldOut), fresh);
    }

    private static double Slope(int[] sizes, double[] errors) =>
        MathNet.Numerics.Fit.Line([.. sizes.Select(size => Math.Log(size))], [.. errors.Select(error => Math.Log(error))]).Item2;
}
