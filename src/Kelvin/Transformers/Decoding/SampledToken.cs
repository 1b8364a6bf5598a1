using Kelvin.Softmax;

namespace Kelvin.Transformers.Decoding;

/// <summary>One token drawn, and everything about the row it was drawn from.</summary>
/// <remarks>
/// Raw is the model's own softmax(z): T = 1, no penalty, every token. Scaled is the distribution that was drawn from: after penalty,
/// candidates and temperature. A row with NaN or +∞ in it, or nothing but −∞, gives <see cref="Token"/> = −1 and NaN.
/// </remarks>
public readonly record struct SampledToken
{
    /// <summary>The token drawn; −1 where the row is not a distribution.</summary>
    public int Token { get; init; }

    /// <summary>T and whether it gives what the policy was asked for.</summary>
    public TemperatureChoice Choice { get; init; }

    /// <summary>log p of the token under softmax(z), in nats.</summary>
    public double RawLogProbability { get; init; }

    /// <summary>log p of the token in the distribution drawn from, in nats; 0 at T = 0.</summary>
    public double ScaledLogProbability { get; init; }

    /// <summary>Statistics of softmax(z): the model's own row.</summary>
    public SoftmaxStatistics Raw { get; init; }

    /// <summary>H of the distribution drawn from, in nats; 0 at T = 0.</summary>
    public double ScaledEntropy { get; init; }

    /// <summary>Largest probability of the distribution drawn from; 1 at T = 0.</summary>
    public double ScaledMaxProbability { get; init; }

    /// <summary>Tokens that could be drawn.</summary>
    public int Candidates { get; init; }

    /// <summary>The answer for a row that is not a distribution.</summary>
    internal static SampledToken None(in SoftmaxStatistics raw) => new()
    {
        Token = -1,
        Choice = new TemperatureChoice(double.NaN, IsReached: false),
        RawLogProbability = double.NaN,
        ScaledLogProbability = double.NaN,
        Raw = raw,
        ScaledEntropy = double.NaN,
        ScaledMaxProbability = double.NaN,
    };
}
