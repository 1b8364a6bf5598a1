using System.Numerics;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Conformance.Families;

/// <summary>The network, the data and the loss of a net or gd case.</summary>
internal sealed class TheoryNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlyMatrixView<T> _x;
    private readonly ReadOnlyMatrixView<T> _y;

    public TheoryNetwork(FixtureInputs inputs)
    {
        _x = inputs.Matrix<T>("X");
        _y = inputs.Matrix<T>("Y");
        MatrixView<T> w = inputs.Matrix<T>("W");
        MatrixView<T> a = inputs.Matrix<T>("a");
        HiddenActivation activation = Enum.Parse<HiddenActivation>(inputs.Text("activation"), ignoreCase: true);
        NetworkOptions options = NetworkOptions.Theory(w.Rows, w.Columns, a.Rows, activation) with { Temperature = inputs.Number("T") };
        Network = new TwoLayerNetwork<T>(options);
        w.CopyTo(Network.HiddenWeights);
        a.CopyTo(Network.OutputWeights);
        Workspace = new NetworkWorkspace<T>(options, Math.Max(1, _x.Rows));
    }

    public TwoLayerNetwork<T> Network { get; }

    public NetworkWorkspace<T> Workspace { get; }

    public double LossAndGradient() => Network.LossAndGradient(_x, _y, LossOptions.Theory, Workspace);

    /// <summary>The tangent kernel at the present weights.</summary>
    public TangentKernel<T> Kernel() => TangentKernel.Compute(Network, _x);

    /// <summary>Σ_r w_r, shape [d].</summary>
    public double[] SumOfUnits()
    {
        MatrixView<T> w = Network.HiddenWeights;
        double[] sum = new double[w.Rows];
        for (int i = 0; i < w.Rows; i++)
        {
            foreach (T value in w.Row(i))
                sum[i] += double.CreateTruncating(value);
        }

        return sum;
    }
}
