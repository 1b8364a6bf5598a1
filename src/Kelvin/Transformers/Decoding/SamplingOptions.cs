namespace Kelvin.Transformers.Decoding;

/// <summary>Which tokens may be drawn, and from which random numbers. Every default leaves the model's distribution as it is.</summary>
public sealed record SamplingOptions
{
    /// <summary>Keeps the k largest logits, ties to the lower token; null keeps all. At 1 the draw is greedy.</summary>
    public int? TopK { get; init; }

    /// <summary>Keeps the fewest most probable tokens whose probabilities sum to at least this, above 0 to 1; null keeps all.</summary>
    public double? TopP { get; init; }

    /// <summary>Keeps tokens at least this times as probable as the most probable one, 0 to 1; null keeps all.</summary>
    public double? MinP { get; init; }

    /// <summary>
    /// ρ ≥ 1: a token among the last <see cref="RepetitionWindow"/> has its logit divided by ρ where positive, multiplied where negative.
    /// 1 does nothing; below 1 would ask for repetition and is refused. Source: Keskar et al., CTRL, arXiv 1909.05858.
    /// </summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Tokens that the penalty looks back on, prompt included; 64, as llama.cpp has it, and <see cref="int.MaxValue"/> for all.</summary>
    public int RepetitionWindow { get; init; } = 64;

    /// <summary>Whether candidates are chosen before the temperature is applied or after.</summary>
    public TemperatureOrder Order { get; init; }

    /// <summary>Same seed, same logits, same options: same tokens.</summary>
    public int Seed { get; init; }

    /// <summary>Throws for the first option that is out of its range.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public void Check()
    {
        if (TopK is int k)
            Require.Positive(k, nameof(TopK));
        if (TopP is double p)
            Require.Between(p, double.Epsilon, 1, nameof(TopP));
        if (MinP is double minP)
            Require.Between(minP, 0, 1, nameof(MinP));
        Require.Between(RepetitionPenalty, 1, float.MaxValue, nameof(RepetitionPenalty));
        Require.Between(RepetitionWindow, 0, int.MaxValue, nameof(RepetitionWindow));
        Require.That(Enum.IsDefined(Order), $"Order is {(int)Order}, but must be Last or First.", nameof(Order));
    }
}
