using Kelvin.Conformance.Families;

namespace Kelvin.Conformance;

/// <summary>The families this program can evaluate, and those it knows by name but cannot yet.</summary>
internal static class FamilyCatalog
{
    private static readonly IFamily[] Built =
    [
        new SoftmaxFamily(),
        new SoftmaxBackwardFamily(),
        new TemperatureForEntropyFamily(),
        new TemperatureCalibrationFamily(),
        new CalibrationFamily(),
        new NetFamily(),
        new GdFamily(),
        new KernelLimitFamily(),
        new KernelPredictionFamily(),
        new LogitsFamily(),
        new MixtureScoreFamily(),
        new DiffusionStepFamily(),
        new SamplerOdeFamily(),
        new SampleMetricsFamily(),
    ];

    private static readonly Dictionary<string, string> ToCome = new(StringComparer.Ordinal)
    {
        ["attention"] = "attention comes with Transformers",
    };

    public static IEnumerable<string> Names => Built.Select(family => family.Name).Concat(ToCome.Keys);

    public static IFamily? Find(string name) => Array.Find(Built, family => string.Equals(family.Name, name, StringComparison.Ordinal));

    public static string ReasonFor(string name) => ToCome.GetValueOrDefault(name, $"the family '{name}' is unknown to this program");
}
