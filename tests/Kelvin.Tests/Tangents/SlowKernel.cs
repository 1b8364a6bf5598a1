using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Tangents;

/// <summary>The kernel as its definition says: the Jacobian written out row by row through backward passes, and its inner products.</summary>
internal static class SlowKernel
{
    /// <summary>J, shape n·d_out × parameters, output-major.</summary>
    public static double[][] Jacobian(TwoLayerNetwork<double> network, MatrixView<double> inputs)
    {
        int outputs = network.Options.Outputs;
        double[][] rows = new double[inputs.Rows * outputs][];
        var workspace = new NetworkWorkspace<double>(network.Options, 1);
        for (int i = 0; i < inputs.Rows; i++)
        {
            for (int l = 0; l < outputs; l++)
            {
                network.Forward(inputs.RowRange(i, 1), workspace);
                workspace.OutputGradients.Row(0).Clear();
                workspace.OutputGradients[0, l] = 1;
                network.Backward(inputs.RowRange(i, 1), workspace);
                rows[(l * inputs.Rows) + i] = workspace.Gradient.ToArray();
            }
        }

        return rows;
    }

    public static double Entry(double[] left, double[] right)
    {
        double sum = 0;
        for (int p = 0; p < left.Length; p++)
            sum += left[p] * right[p];
        return sum;
    }

    public static MatrixView<double> Points(int rows, int columns, int seed, double size = 0.7)
    {
        var random = new Xoshiro256StarStar(seed, false);
        MatrixView<double> matrix = MatrixView.Allocate<double>(rows, columns);
        foreach (ref double x in matrix.Span)
            x = Normal.Sample(random, 0, size);
        return matrix;
    }

    public static MatrixView<double> OnSphere(int rows, int columns, int seed)
    {
        MatrixView<double> points = Points(rows, columns, seed, 1);
        for (int i = 0; i < rows; i++)
        {
            double norm = Math.Sqrt(Entry(points.Row(i).ToArray(), points.Row(i).ToArray()));
            foreach (ref double x in points.Row(i))
                x /= norm;
        }

        return points;
    }

    public static TangentKernel<double> Theory(HiddenActivation activation, int n, int d, int m, int outputs, int seed = 1) =>
        TangentKernel.Compute<double>(TwoLayerNetwork.Create<double>(NetworkOptions.Theory(d, m, outputs, activation), seed), Points(n, d, seed));
}
