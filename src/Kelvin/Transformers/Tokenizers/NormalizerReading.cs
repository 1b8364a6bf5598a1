using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>Reads <c>normalizer</c>.</summary>
internal static class NormalizerReading
{
    public static IReadOnlyList<IPieceStep> Read(JsonFields? normalizer) => [.. TokenizerFile.Flatten(normalizer, "normalizers").Select(Step)];

    private static IPieceStep Step(JsonFields step) => step.FindText("type") switch
    {
        "Prepend" => new PrependStep(step.GetText("prepend")),
        "Replace" => new ReplaceStep(Pattern(step), step.GetText("content")),
        _ => throw TokenizerFile.Unsupported(step, "normalizer", "Prepend, Replace of a string, and Sequence"),
    };

    /// <summary>The text that <c>Replace</c> looks for, here and among the decoders.</summary>
    public static string Pattern(JsonFields step)
    {
        JsonFields pattern = step.GetObject("pattern");
        return pattern.FindText("String") is { Length: > 0 } text ? text : throw pattern.Fault("String", "is missing: only strings are replaced, no expressions");
    }
}
