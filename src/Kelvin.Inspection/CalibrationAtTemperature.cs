using Kelvin.Temperatures;

namespace Kelvin.Inspection;

/// <summary>What the output head is worth at one temperature.</summary>
/// <param name="Temperature">T, which divides the logits.</param>
/// <param name="Metrics">NLL, ECE and the others at T.</param>
public sealed record CalibrationAtTemperature(double Temperature, CalibrationMetrics Metrics);
