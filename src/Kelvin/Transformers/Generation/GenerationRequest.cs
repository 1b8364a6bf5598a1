using Kelvin.Transformers.Decoding;

namespace Kelvin.Transformers.Generation;

/// <summary>What to generate after one prompt, and how.</summary>
public sealed record GenerationRequest
{
    /// <summary>The tokens before the first generated one; at least one, and fewer than the model's context.</summary>
    public required ReadOnlyMemory<int> Prompt { get; init; }

    /// <summary>Chooses the temperature of each token. It may keep counts, so give each request its own.</summary>
    public required ITemperaturePolicy Policy { get; init; }

    /// <summary>Which tokens may be drawn, and the seed.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Most tokens to generate, at least 1; null for as many as the context holds.</summary>
    public int? MostTokens { get; init; }

    /// <summary>Texts that end the generation and are not part of it. They need a tokenizer.</summary>
    public IReadOnlyList<string> Stops { get; init; } = [];

    /// <summary>False to go on after a token that ends a text, for measurements of a given length.</summary>
    public bool StopsAtEndToken { get; init; } = true;

    /// <summary>How many of the most probable tokens are recorded for each position, 0 for none.</summary>
    public int Alternatives { get; init; }
}
