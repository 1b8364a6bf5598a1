using Kelvin.Conformance.Families;

namespace Kelvin.Conformance;

/// <summary>The families this program can evaluate.</summary>
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
        new AttentionFamily(),
        new ModelsFamily(),
    ];

    public static IEnumerable<string> Names => Built.Select(family => family.Name);

    public static IFamily? Find(string name) => Array.Find(Built, family => string.Equals(family.Name, name, StringComparison.Ordinal));

    public static string ReasonFor(string name) => $"the family '{name}' is unknown to this program";
}
