using Kelvin.Diffusion;
using Kelvin.Linear;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>The Gaussian of some data: mean, and covariance plus a little of the unit matrix.</summary>
internal static class FittedMixture
{
    private const double Ridge = 0.01;

    public static GaussianMixture Of(MatrixView<double> data)
    {
        int d = data.Columns;
        MatrixView<double> mean = MatrixView.Allocate<double>(1, d);
        MatrixView<double> covariance = MatrixView.Allocate<double>(d, d);
        for (int i = 0; i < data.Rows; i++)
        {
            for (int j = 0; j < d; j++)
                mean[0, j] += data[i, j] / data.Rows;
        }

        MatrixView<double> centred = MatrixView.Allocate<double>(data.Rows, d);
        for (int i = 0; i < data.Rows; i++)
        {
            for (int j = 0; j < d; j++)
                centred[i, j] = data[i, j] - mean[0, j];
        }

        Gemm.Multiply(1.0 / data.Rows, centred, Transpose.Yes, centred, Transpose.No, 0, covariance);
        for (int j = 0; j < d; j++)
        {
            covariance[j, j] += Ridge;
            for (int k = 0; k < j; k++)
                covariance[k, j] = covariance[j, k];
        }

        return new GaussianMixture([1], mean, [covariance]);
    }
}
