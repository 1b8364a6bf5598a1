using System.Globalization;
using Kelvin.Transformers.Decoding;

namespace Kelvin.Cli.Generation;

/// <summary>How the temperature of each token is chosen, and what to call it.</summary>
/// <param name="Words">For people: "T = 0.7", "target entropy 1.5 nat".</param>
/// <param name="Create">Makes a policy; each sequence gets its own.</param>
internal sealed record PolicyChoice(string Words, Func<ITemperaturePolicy> Create)
{
    /// <summary>The entropy asked for in nats; null unless the policy is a target entropy.</summary>
    public double? TargetEntropy { get; private init; }

    public static PolicyChoice Fixed(double temperature) => new(Invariant($"T = {temperature:0.####}"), () => new FixedTemperature(temperature));

    public static PolicyChoice Target(double entropy) =>
        new(Invariant($"target entropy {entropy:0.####} nat"), () => new TargetEntropyTemperature(entropy)) { TargetEntropy = entropy };

    public static PolicyChoice EntropyBased(double baseTemperature, double theta) =>
        new(Invariant($"EDT, T = {baseTemperature:0.####}·0.8^({theta:0.####}/H)"), () => new EntropyBasedTemperature(baseTemperature, theta));

    public static PolicyChoice EntropyRange(double lowest, double highest) =>
        new(Invariant($"dynatemp, T from {lowest:0.####} to {highest:0.####}"), () => new EntropyRangeTemperature(lowest, highest));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
