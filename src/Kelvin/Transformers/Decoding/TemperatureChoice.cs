namespace Kelvin.Transformers.Decoding;

/// <summary>A temperature, and whether it gives what its policy was asked for.</summary>
/// <param name="Temperature">T ≥ 0; 0 is the greedy limit, +∞ the uniform one.</param>
/// <param name="IsReached">False where no temperature reaches the policy's target and T is the nearest limit.</param>
public readonly record struct TemperatureChoice(double Temperature, bool IsReached = true);
