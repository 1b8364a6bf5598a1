using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents.Certificates;

/// <summary>Refuses what no certificate can be about.</summary>
internal static class CertificateDoor
{
    private const double MostBytes = 8e9;

    public static void Check(NetworkOptions network, ReadOnlyMatrixView<double> inputs, ReadOnlyMatrixView<double> targets)
    {
        Require.That(
            !network.TrainOutputWeights && !network.UseBias,
            "The network trains output weights or biases, but a certificate is about hidden weights alone; start from NetworkOptions.Theory.", nameof(network));
        Require.That(
            network.Activation is HiddenActivation.Softmax or HiddenActivation.Exp or HiddenActivation.Relu,
            $"The activation is {network.Activation}, but certificates know Softmax, Exp and Relu.", nameof(network));
        Require.Positive(inputs.Rows, nameof(inputs));
        Require.SameShape(inputs.Rows, network.Inputs, inputs.Rows, inputs.Columns, nameof(inputs));
        Require.SameShape(inputs.Rows, network.Outputs, targets.Rows, targets.Columns, nameof(targets));
        double size = (double)inputs.Rows * network.Outputs;
        double bytes = 8 * ((12 * size * network.Hidden) + (6 * size * size));
        Require.That(
            bytes <= MostBytes, $"A certificate for {inputs.Rows} examples, {network.Outputs} outputs and {network.Hidden} units needs {bytes / 1e9:0.#} GB, but {MostBytes / 1e9:0} GB are allowed; certify a subset of the examples or a narrower network.",
            nameof(inputs));
    }

    /// <summary>How many numbers are NaN or infinite.</summary>
    public static int NonFinite(TwoLayerNetwork<double> network, ReadOnlyMatrixView<double> inputs, ReadOnlyMatrixView<double> targets)
    {
        int count = Count(network.Parameters.Span);
        for (int i = 0; i < inputs.Rows; i++)
            count += Count(inputs.Row(i)) + Count(targets.Row(i));
        return count;
    }

    private static int Count(ReadOnlySpan<double> values)
    {
        int count = 0;
        foreach (double value in values)
            count += double.IsFinite(value) ? 0 : 1;
        return count;
    }
}
