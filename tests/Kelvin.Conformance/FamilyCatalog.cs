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
        new OnnxFamily(),
        new RealOnnxFamily(),
    ];

    public static IEnumerable<string> Names => Built.Select(family => family.Name);

    /// <summary>Whether a family is meant by a name: its own, or that of its group ("models" for "models/onnx").</summary>
    public static bool IsMeant(string family, string name) => family == name || family.StartsWith($"{name}/", StringComparison.Ordinal);

    public static IFamily? Find(string name) => Array.Find(Built, family => string.Equals(family.Name, name, StringComparison.Ordinal));

    public static string ReasonFor(string name) => $"the family '{name}' is unknown to this program";
}
