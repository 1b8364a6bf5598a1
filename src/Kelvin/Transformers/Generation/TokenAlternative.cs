namespace Kelvin.Transformers.Generation;

/// <summary>A token that could have come instead.</summary>
/// <param name="Token">Its number.</param>
/// <param name="RawLogProbability">log p under softmax(z), in nats: the model's own, before penalty, cuts and temperature.</param>
public readonly record struct TokenAlternative(int Token, double RawLogProbability);
