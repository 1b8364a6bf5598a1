using Kelvin.Datasets;
using Kelvin.Linear;
using Kelvin.Networks;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Cli.Lab.Certificates;

/// <summary>Inputs, clean targets and the noise on them.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Inputs">X, on the unit sphere.</param>
/// <param name="Clean">f*.</param>
/// <param name="Targets">Y = f* + ξ.</param>
/// <param name="ErrorScale">B of the clipped error.</param>
internal sealed record CertificateData(
    string Name, MatrixView<double> Inputs, MatrixView<double> Clean, MatrixView<double> Targets, double ErrorScale)
{
    private const int Features = 8;

    /// <summary>The reference's setting: points drawn from the unit sphere in eight dimensions, targets N(0, 1).</summary>
    public static CertificateData Sphere(int rows, double noise, int seed)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        MatrixView<double> inputs = MatrixView.Allocate<double>(rows, Features);
        MatrixView<double> clean = MatrixView.Allocate<double>(rows, 1);
        for (int i = 0; i < rows; i++)
        {
            double squares = 0;
            foreach (ref double value in inputs.Row(i))
            {
                value = Normal.Sample(random, 0, 1);
                squares += value * value;
            }

            foreach (ref double value in inputs.Row(i))
                value /= Math.Sqrt(squares);
            clean[i, 0] = Normal.Sample(random, 0, 1);
        }

        return new CertificateData("random points on the sphere", inputs, clean, Noisy(clean, noise, random), 4);
    }

    /// <summary>Some training rows of a data set, as many of each class as may be, with the classes as 0-or-1 targets.</summary>
    public static CertificateData Of(Dataset all, int rows, double noise, int seed)
    {
        LabData data = LabData.Of(all, seed);
        TrainingSet<double> set = data.Set<double>(data.FewTrainingRows(rows));
        MatrixView<double> inputs = MatrixView.Allocate<double>(set.Inputs.Rows, set.Inputs.Columns);
        set.Inputs.CopyTo(inputs);
        MatrixView<double> clean = MatrixView.Allocate<double>(inputs.Rows, data.Classes);
        for (int i = 0; i < inputs.Rows; i++)
            clean[i, set.Labels.Span[i]] = 1;
        return new CertificateData(all.Name, inputs, clean, Noisy(clean, noise, new Xoshiro256StarStar(seed, threadSafe: false)), 1);
    }

    private static MatrixView<double> Noisy(MatrixView<double> clean, double noise, Xoshiro256StarStar random)
    {
        MatrixView<double> targets = MatrixView.Allocate<double>(clean.Rows, clean.Columns);
        for (int i = 0; i < clean.Rows; i++)
        {
            for (int l = 0; l < clean.Columns; l++)
                targets[i, l] = clean[i, l] + (noise * Normal.Sample(random, 0, 1));
        }

        return targets;
    }
}
