using System.Globalization;
using Kelvin.Transformers.Generation;

namespace Kelvin.Cli.Generation;

/// <summary>Sentences that text and page share.</summary>
internal static class GenerationWords
{
    /// <summary>The whole in a sentence.</summary>
    public static string Headline(GenerationResult result)
    {
        GenerationQuality quality = result.Quality;
        return Invariant($"{Count(quality.Tokens, "token")}{(result.Sequences.Count > 1 ? $" in {result.Sequences.Count} answers" : "")} at {result.Plan.Policy.Words}: ")
            + Invariant($"drawn from {quality.ScaledEntropy:0.000} nat of entropy where the model has {quality.RawEntropy:0.000}; {quality.NegativeLogLikelihood:0.000} nat a token under the model.");
    }

    /// <summary>How well a target was held, or nothing.</summary>
    public static string? Target(GenerationResult result)
    {
        if (result.Plan.Policy.TargetEntropy is not double target || result.Deviation is not double deviation)
            return null;
        string held = double.IsNaN(deviation)
            ? "No token could have that entropy."
            : Invariant($"Mean |H − target| is {deviation:0.0000} nat, {(target > 0 ? deviation / target : 0):P2} of the target.");
        int unreachable = result.Quality.Unreachable;
        return unreachable == 0 ? $"{held} Every token reached it." : Invariant($"{held} {Count(unreachable, "token")} of {result.Quality.Tokens} could not reach it and took the nearest limit.");
    }

    /// <summary>Why a sequence ended, as a sentence.</summary>
    public static string End(GeneratedSequence sequence) => sequence.Finish switch
    {
        FinishReason.EndToken => "It ended with the model's end token.",
        FinishReason.StopString => $"It ended at the stop string {Quoted(sequence.StopString!)}.",
        FinishReason.MostTokens => "It ended at --max-tokens.",
        FinishReason.ContextFull => "It ended where the model's context was full.",
        _ => "It ended at a row of logits that is no distribution (NaN or +∞): the model's weights or activations overflow.",
    };

    public static string Speed(GenerationResult result) =>
        Invariant($"{result.Seconds:0.00} s, {result.Quality.Tokens / Math.Max(result.Seconds, 1e-9):0} tokens/s, prompts included.");

    /// <summary>Text on one line, its blanks and line ends to be seen.</summary>
    public static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)}\"";

    private static string Count(int count, string word) => Invariant($"{count} {word}{(count == 1 ? "" : "s")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
