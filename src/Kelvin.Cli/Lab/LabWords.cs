using System.Globalization;
using Kelvin.Cli.Frame;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab;

/// <summary>The lab's way to write names and numbers.</summary>
internal static class LabWords
{
    public static string Of(HiddenActivation activation) => activation switch
    {
        HiddenActivation.Relu => "ReLU",
        HiddenActivation.Gelu => "GELU",
        HiddenActivation.Exp => "exp",
        _ => "softmax",
    };

    /// <summary>The name at the start of a sentence.</summary>
    public static string Capital(HiddenActivation activation) => activation == HiddenActivation.Softmax ? "Softmax" : Of(activation);

    /// <summary>Reads the name of an activation.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static HiddenActivation Activation(string name)
    {
        foreach (HiddenActivation activation in LabNetworks.Activations)
        {
            if (name.Equals(Of(activation), StringComparison.OrdinalIgnoreCase))
                return activation;
        }

        throw new UsageException($"--activation is '{name}', but must be softmax, exp or relu.", "softmax is the default.");
    }

    /// <summary>Three significant digits: 0.0213, 1.60, 340, 1.2e+06; – for NaN.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value))
            return "–";
        if (double.IsInfinity(value))
            return value > 0 ? "∞" : "−∞";

        double size = Math.Abs(value);
        string format = size switch
        {
            0 => "0",
            >= 1e5 => "0.0e+0",
            >= 100 => "0",
            >= 10 => "0.0",
            >= 1 => "0.00",
            >= 0.1 => "0.000",
            >= 0.001 => "0.0000",
            _ => "0.0e+0",
        };
        return value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>A value with its interval: 1.40 [1.31, 1.50].</summary>
    public static string Number(Estimate estimate) =>
        double.IsFinite(estimate.Low) ? $"{Number(estimate.Value)} [{Number(estimate.Low)}, {Number(estimate.High)}]" : Number(estimate.Value);

    /// <summary>A share in per cent: 12.5 %.</summary>
    public static string Percent(double share) => double.IsNaN(share) ? "–" : Text($"{share * 100:0.0} %");

    /// <summary>A share with its interval, in per cent: 12.5 [10.1, 14.9].</summary>
    public static string Percent(Estimate estimate) => double.IsFinite(estimate.Low)
        ? Text($"{estimate.Value * 100:0.0} [{estimate.Low * 100:0.0}, {estimate.High * 100:0.0}]").Replace('-', '−')
        : Percent(estimate.Value);

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
