using Kelvin.Cli.Models;
using Kelvin.Transformers.Decoding;
using Kelvin.Transformers.Generation;

namespace Kelvin.Cli.Generation;

/// <summary>What <c>kelvin generate</c> is asked for, checked.</summary>
internal sealed record GenerationPlan
{
    public required ModelFolder Model { get; init; }

    public required IReadOnlyList<GenerationPrompt> Prompts { get; init; }

    public required PolicyChoice Policy { get; init; }

    /// <summary>Which tokens may be drawn; its seed is that of the first sequence.</summary>
    public required SamplingOptions Sampling { get; init; }

    public required int Samples { get; init; }

    /// <summary>Most tokens a sequence; null fills the context.</summary>
    public required int? MostTokens { get; init; }

    public required IReadOnlyList<string> Stops { get; init; }

    public required bool StopsAtEndToken { get; init; }

    public required int Alternatives { get; init; }

    public required int Threads { get; init; }

    /// <summary>One request for each prompt and sample, with seeds counted up from the first.</summary>
    public IEnumerable<GenerationRequest> Requests(PolicyChoice policy) =>
        from i in Enumerable.Range(0, Prompts.Count * Samples)
        select new GenerationRequest
        {
            Prompt = Prompts[i / Samples].Tokens,
            Policy = policy.Create(),
            Sampling = Sampling with { Seed = unchecked(Sampling.Seed + i) & int.MaxValue },
            MostTokens = MostTokens,
            Stops = Stops,
            StopsAtEndToken = StopsAtEndToken,
            Alternatives = Alternatives,
        };
}
