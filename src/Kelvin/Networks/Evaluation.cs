namespace Kelvin.Networks;

/// <summary>How a network does on a set of examples.</summary>
/// <param name="Loss">Mean loss per example, without label smoothing; nats for cross-entropy.</param>
/// <param name="Accuracy">Share of examples whose largest output (the first of them) is their label's; NaN for real-valued targets.</param>
public readonly record struct Evaluation(double Loss, double Accuracy);
