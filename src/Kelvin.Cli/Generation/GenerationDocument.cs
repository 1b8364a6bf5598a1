using Kelvin.Transformers.Decoding;
using Kelvin.Transformers.Generation;

namespace Kelvin.Cli.Generation;

/// <summary>The JSON document of <c>kelvin generate --json</c>.</summary>
internal sealed record GenerationDocument
{
    public string Schema { get; } = "kelvin.generate/1";

    public required string Model { get; init; }

    public required string Policy { get; init; }

    public required double? TargetEntropy { get; init; }

    /// <summary>Mean |H − target| in nats over the tokens that reached it; null without a target.</summary>
    public required double? MeanDeviation { get; init; }

    public required SamplingOptions Sampling { get; init; }

    public required GenerationQuality Quality { get; init; }

    public required IReadOnlyList<ComparedPolicy> Comparison { get; init; }

    public required double Seconds { get; init; }

    public required IReadOnlyList<Answer> Answers { get; init; }

    public static GenerationDocument Of(GenerationResult result) => new()
    {
        Model = result.Plan.Model.Name,
        Policy = result.Plan.Policy.Words,
        TargetEntropy = result.Plan.Policy.TargetEntropy,
        MeanDeviation = result.Deviation,
        Sampling = result.Plan.Sampling,
        Quality = result.Quality,
        Comparison = result.Comparison,
        Seconds = result.Seconds,
        Answers = [.. result.Sequences.Select((sequence, i) => Answer.Of(result.PromptOf(i), sequence))],
    };

    /// <summary>One answer.</summary>
    internal sealed record Answer(
        string Prompt, IReadOnlyList<int> PromptTokens, int Seed, string Text, FinishReason Finish, string? StopString, GenerationQuality Quality, IReadOnlyList<Token> Tokens)
    {
        public static Answer Of(GenerationPrompt prompt, GeneratedSequence sequence) => new(
            prompt.Text,
            prompt.Tokens,
            sequence.Request.Sampling.Seed,
            sequence.Text,
            sequence.Finish,
            sequence.StopString,
            GenerationQuality.Of(sequence),
            [.. sequence.Tokens.Select(Token.Of)]);
    }

    /// <summary>One token; log-probabilities and entropies in nats, raw at T = 1 and scaled as drawn from.</summary>
    internal sealed record Token(
        int Id,
        string Text,
        double Temperature,
        bool IsReached,
        double RawLogProbability,
        double ScaledLogProbability,
        double RawEntropy,
        double ScaledEntropy,
        double RawMaxProbability,
        double ScaledMaxProbability,
        double MaxLogit,
        double LogSumExp,
        int Candidates,
        IReadOnlyList<TokenAlternative> Alternatives)
    {
        public static Token Of(GeneratedToken token)
        {
            SampledToken row = token.Sampled;
            return new Token(
                row.Token,
                token.Text,
                row.Choice.Temperature,
                row.Choice.IsReached,
                row.RawLogProbability,
                row.ScaledLogProbability,
                row.Raw.Entropy,
                row.ScaledEntropy,
                row.Raw.MaxProbability,
                row.ScaledMaxProbability,
                row.Raw.MaxLogit,
                row.Raw.LogSumExp,
                row.Candidates,
                token.Alternatives);
        }
    }
}
