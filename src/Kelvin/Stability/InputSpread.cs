using System.Numerics;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Stability;

/// <summary>The second mechanism: whether a network treats all inputs on one scale.</summary>
/// <param name="Hidden">Spread over the inputs of ‖Hᵢ‖₂; for softmax it lies between 1/√m and 1.</param>
/// <param name="Outputs">Spread over the inputs of ‖Fᵢ‖₂; NaN while all outputs are 0, as at a symmetric start.</param>
/// <param name="Gradients">Spread over the inputs of ‖∂Fᵢ/∂θ‖_F.</param>
public readonly record struct InputSpread(Spread Hidden, Spread Outputs, Spread Gradients)
{
    /// <summary>Measures a network on inputs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">X, shape n × d, n ≥ 1; of one norm, if the spread is to be the network's alone.</param>
    /// <param name="threads">At most so many threads; the result does not depend on it.</param>
    /// <remarks>Cost: one forward and d_out backward passes, and the memory of one workspace.</remarks>
    public static InputSpread Measure<T>(TwoLayerNetwork<T> network, ReadOnlyMatrixView<T> inputs, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        Require.That(inputs.Rows > 0, "inputs is empty, but must hold at least one example.", nameof(inputs));
        var workspace = new NetworkWorkspace<T>(network.Options, inputs.Rows);
        double[] norms = new double[inputs.Rows];
        ExampleGradients.OfOutputs(network, inputs, workspace, norms, threads);
        Spread gradients = Spread.Of(norms);
        return new InputSpread(OfRows<T>(workspace.Hidden, norms), OfRows<T>(workspace.Outputs, norms), gradients);
    }

    private static Spread OfRows<T>(ReadOnlyMatrixView<T> rows, Span<double> norms)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < rows.Rows; i++)
            norms[i] = Magnitude.Norm(rows.Row(i));
        return Spread.Of(norms);
    }
}
