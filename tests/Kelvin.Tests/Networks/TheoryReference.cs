using Kelvin.Linear;
using Kelvin.Networks;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Networks;

/// <summary>The theory's network written out entry by entry, F_il and G^l_ir as the formulas stand.</summary>
internal sealed class TheoryReference
{
    private readonly double[,] _z;
    private readonly double[,] _s;

    public TheoryReference(HiddenActivation activation, int n, int d, int m, int outputs, double temperature, int seed)
    {
        Network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(d, m, outputs, activation) with { Temperature = temperature }, seed);
        var random = new Xoshiro256StarStar(seed, false);
        Inputs = Drawn(n, d, random);
        Targets = Drawn(n, outputs, random);
        _z = new double[n, m];
        _s = new double[n, m];
        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            for (int r = 0; r < m; r++)
            {
                for (int j = 0; j < d; j++)
                    _z[i, r] += Inputs[i, j] * Network.HiddenWeights[j, r] / temperature;
                sum += Math.Exp(_z[i, r]);
            }

            for (int r = 0; r < m; r++)
                _s[i, r] = Math.Exp(_z[i, r]) / sum;
        }
    }

    public TwoLayerNetwork<double> Network { get; }

    public MatrixView<double> Inputs { get; }

    public MatrixView<double> Targets { get; }

    public double Loss
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Inputs.Rows; i++)
            {
                for (int l = 0; l < Targets.Columns; l++)
                    sum += 0.5 * Math.Pow(Output(i, l) - Targets[i, l], 2);
            }

            return sum;
        }
    }

    /// <summary>Largest size that outputs and their slopes can have: what rounding is measured against.</summary>
    public double Scale
    {
        get
        {
            double largest = 1;
            for (int i = 0; i < Inputs.Rows; i++)
            {
                double row = 0;
                for (int r = 0; r < Network.Options.Hidden; r++)
                    row += Network.Options.Activation == HiddenActivation.Exp ? Math.Exp(_z[i, r]) : 1 + Math.Abs(_z[i, r]);
                largest = Math.Max(largest, row);
            }

            return largest * (1 + Inputs.Rows) / Math.Min(1, Network.Options.Temperature);
        }
    }

    public double Output(int i, int l)
    {
        double sum = 0;
        for (int r = 0; r < Network.Options.Hidden; r++)
        {
            sum += Network.OutputWeights[l, r] * Network.Options.Activation switch
            {
                HiddenActivation.Softmax => Network.Options.Hidden * _s[i, r],
                HiddenActivation.Exp => Math.Exp(_z[i, r]),
                _ => Math.Max(0, _z[i, r]),
            };
        }

        return sum;
    }

    public double Gradient(int j, int r)
    {
        double sum = 0;
        for (int i = 0; i < Inputs.Rows; i++)
        {
            for (int l = 0; l < Targets.Columns; l++)
                sum += Inputs[i, j] * (Output(i, l) - Targets[i, l]) * Slope(i, l, r) / Network.Options.Temperature;
        }

        return sum;
    }

    private double Slope(int i, int l, int r)
    {
        double a = Network.OutputWeights[l, r];
        int m = Network.Options.Hidden;
        return Network.Options.Activation switch
        {
            HiddenActivation.Softmax => m * _s[i, r] * (a - (Output(i, l) / m)),
            HiddenActivation.Exp => a * Math.Exp(_z[i, r]),
            _ => _z[i, r] > 0 ? a : 0,
        };
    }

    private static MatrixView<double> Drawn(int rows, int columns, Xoshiro256StarStar random)
    {
        MatrixView<double> matrix = MatrixView.Allocate<double>(rows, columns);
        foreach (ref double x in matrix.Span)
            x = Math.Clamp(Normal.Sample(random, 0, 0.7), -1.5, 1.5);
        return matrix;
    }
}
