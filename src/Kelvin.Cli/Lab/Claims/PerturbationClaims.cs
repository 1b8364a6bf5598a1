using Kelvin.Cli.Frame;
using Kelvin.Linear;
using Kelvin.Networks;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>Claims 1 and 2: how much the kernel changes when the weights do, at random or all by the same shift.</summary>
internal static class PerturbationClaims
{
    private const double Radius = 0.05;
    private const double ShiftLength = 0.1;
    private static readonly double[] Sigmas = [0.1, 0.5, 1];

    public static IEnumerable<MeasuredClaim> Measure(ClaimLab lab, bool isQuick)
    {
        int hidden = isQuick ? 256 : 1024;
        double[][][] random = lab.OverSeeds("Perturbations", seed => Sigmas.Select(sigma => Changes(hidden, sigma, seed, Random)).ToArray());
        Estimate[] ratios = [.. Sigmas.Select((_, k) => Estimate.GeometricMean(random.Select(one => one[k][0] / one[k][1])))];
        yield return new MeasuredClaim(
            "perturbation",
            "Normalisation gives the kernel a good perturbation property",
            LabWords.Text($"relative change of H under random shifts of length {Radius} of every w_r, softmax divided by exp, σ = 0.5, m = {hidden}"),
            ratios[1],
            lab.Seeds.Count,
            ratios.All(one => one.High < 1) ? ClaimVerdict.Holds : ratios[1].High < 1 ? ClaimVerdict.Conditional : ClaimVerdict.Fails,
            "σ is small",
            LabWords.Text($"for σ from {Sigmas[0]} to {Sigmas[^1]}: {string.Join(", ", ratios.Select(one => LabWords.Number(one.Value)))}"),
            ClaimPlots.Lines(
                "Relative change of the kernel under random shifts",
                "Lower is steadier.",
                ClaimPlots.Log("σ"),
                ClaimPlots.Log("Relative change"),
                Sigmas,
                ClaimPlots.ByActivation(activation => [.. Sigmas.Select((_, k) => Estimate.GeometricMean(random.Select(one => one[k][(int)Index(activation)])))])));

        double[][] common = lab.OverSeeds("Common shifts", seed => Changes(hidden, 1, seed, Common));
        Estimate[] shifts = [.. Enumerable.Range(0, 3).Select(i => Estimate.GeometricMean(common.Select(one => Math.Max(one[i], 1e-17))))];
        yield return new MeasuredClaim(
            "common-shift",
            "… because common shifts of all w_r do nothing",
            LabWords.Text($"relative change of softmax's H under one common shift of length {ShiftLength}, σ = 1, m = {hidden}"),
            shifts[0],
            lab.Seeds.Count,
            shifts[0].High < 1e-12 && shifts[1].Low > 1e-3 ? ClaimVerdict.Holds : ClaimVerdict.Fails,
            string.Empty,
            LabWords.Text($"rounding only; exp changes by {LabWords.Number(shifts[1].Value)}, ReLU by {LabWords.Number(shifts[2].Value)}"),
            ClaimPlots.Bars("Relative change of the kernel under a common shift", "Softmax does not see it.", "Activation", [.. LabNetworks.Activations.Select(LabWords.Of)], ClaimPlots.Log("Relative change"), ("change", shifts)));
    }

    private static int Index(HiddenActivation activation) => LabNetworks.Activations.ToList().IndexOf(activation);

    private static double[] Changes(int hidden, double sigma, int seed, Func<int, int, int, double[,]> shift) =>
    [
        .. LabNetworks.Activations.Select(activation =>
        {
            MatrixView<double> inputs = ClaimLab.Sphere(ClaimLab.Points, ClaimLab.Dimensions, seed);
            TwoLayerNetwork<double> network = ClaimLab.Network(activation, hidden, sigma, seed);
            MatrixView<double> before = Copy(ClaimLab.Kernel(network, inputs).Matrix);
            double[,] by = shift(ClaimLab.Dimensions, hidden, seed);
            for (int i = 0; i < ClaimLab.Dimensions; i++)
            {
                for (int r = 0; r < hidden; r++)
                    network.HiddenWeights[i, r] += by[i, r];
            }

            return ClaimLab.Distance(ClaimLab.Kernel(network, inputs).Matrix, before);
        }),
    ];

    private static MatrixView<double> Copy(ReadOnlyMatrixView<double> matrix)
    {
        MatrixView<double> copy = MatrixView.Allocate<double>(matrix.Rows, matrix.Columns);
        for (int i = 0; i < matrix.Rows; i++)
            matrix.Row(i).CopyTo(copy.Row(i));
        return copy;
    }

    private static double[,] Random(int dimensions, int hidden, int seed)
    {
        var random = new Xoshiro256StarStar(unchecked(seed + 55_000), threadSafe: false);
        var shifts = new double[dimensions, hidden];
        for (int r = 0; r < hidden; r++)
        {
            double[] direction = [.. Enumerable.Range(0, dimensions).Select(_ => Normal.Sample(random, 0, 1))];
            double length = Math.Sqrt(direction.Sum(x => x * x));
            for (int i = 0; i < dimensions; i++)
                shifts[i, r] = Radius * direction[i] / length;
        }

        return shifts;
    }

    private static double[,] Common(int dimensions, int hidden, int seed)
    {
        double[,] one = Random(dimensions, 1, seed);
        var shifts = new double[dimensions, hidden];
        for (int r = 0; r < hidden; r++)
        {
            for (int i = 0; i < dimensions; i++)
                shifts[i, r] = ShiftLength / Radius * one[i, 0];
        }

        return shifts;
    }
}
