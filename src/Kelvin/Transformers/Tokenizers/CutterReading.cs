using System.Text.RegularExpressions;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>Reads <c>pre_tokenizer</c>.</summary>
internal static class CutterReading
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static IReadOnlyList<IPieceStep> Read(JsonFields? cutter) => [.. TokenizerFile.Flatten(cutter, "pretokenizers").Select(Step)];

    private static IPieceStep Step(JsonFields step) => step.FindText("type") switch
    {
        "ByteLevel" => new ByteLevelStep(
            step.Flag("add_prefix_space", otherwise: true), step.Flag("use_regex", otherwise: true) ? Isolate(step, ByteLevelStep.Words) : null),
        "Split" => Split(step),
        "Digits" => Isolate(step, step.Flag("individual_digits", otherwise: false) ? @"\p{N}" : @"\p{N}+"),
        "Metaspace" => new MetaspaceStep(Mark(step), Prefix(step), step.Flag("split", otherwise: true)),
        _ => throw TokenizerFile.Unsupported(step, "pre-tokenizer", "ByteLevel, Split, Digits, Metaspace and Sequence"),
    };

    private static PatternStep Split(JsonFields step)
    {
        JsonFields pattern = step.GetObject("pattern");
        Regex regex = Expression(step, pattern.FindText("Regex") ?? Regex.Escape(pattern.GetText("String")));
        string behavior = step.GetText("behavior");
        bool isInverted = step.Flag("invert", otherwise: false);
        return behavior switch
        {
            "Isolated" => new PatternStep(regex, true, true, step.File),
            "Removed" => new PatternStep(regex, isInverted, !isInverted, step.File),
            _ => throw step.Fault("behavior", $"is {behavior}, which is not supported: the supported ones are Isolated and Removed", "Use another tokenizer."),
        };
    }

    private static PatternStep Isolate(JsonFields step, string pattern) => new(Expression(step, pattern), true, true, step.File);

    private static Regex Expression(JsonFields step, string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, Patience);
        }
        catch (ArgumentException fault)
        {
            throw new ModelFileException(step.File, null, $"The pattern {pattern} of the pre-tokenizer cannot be read: {fault.Message}", "Use another tokenizer.", fault);
        }
    }

    /// <summary>The mark of a <c>Metaspace</c>, here and among the decoders.</summary>
    public static char Mark(JsonFields step) => (step.FindText("replacement") ?? "▁") is [char mark]
        ? mark
        : throw step.Fault("replacement", "must be one character");

    /// <summary>Where a <c>Metaspace</c> puts its mark, in the newer spelling or the older.</summary>
    public static PrefixPolicy Prefix(JsonFields step) => step.FindText("prepend_scheme") switch
    {
        null => step.Flag("add_prefix_space", otherwise: true) ? PrefixPolicy.Always : PrefixPolicy.Never,
        "always" => PrefixPolicy.Always,
        "first" => PrefixPolicy.First,
        "never" => PrefixPolicy.Never,
        { } scheme => throw step.Fault("prepend_scheme", $"is {scheme}, but must be always, first or never"),
    };
}
