using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>Reads <c>decoder</c>.</summary>
internal static class DecoderReading
{
    public static TokenDecoder Read(JsonFields? decoder)
    {
        if (decoder is null)
            return new TokenDecoder { Separator = " " };

        var read = new TokenDecoder();
        bool isFused = false;
        foreach (JsonFields step in TokenizerFile.Flatten(decoder, "decoders"))
        {
            read = Add(read, step, isFused);
            isFused |= step.FindText("type") == "Fuse";
        }

        return read;
    }

    private static TokenDecoder Add(TokenDecoder read, JsonFields step, bool isFused) => step.FindText("type") switch
    {
        "ByteLevel" => read with { IsByteLevel = true },
        "ByteFallback" => read with { HasByteTokens = true },
        "Fuse" => read,
        "Replace" when !isFused => read with { Replacements = [.. read.Replacements, (NormalizerReading.Pattern(step), step.GetText("content"))] },
        "Metaspace" when !isFused => Metaspace(read, step),
        "Strip" when isFused => Strip(read, step),
        "Replace" or "Metaspace" or "Strip" => throw step.Fault("type", $"is {step.FindText("type")} on the wrong side of Fuse, which is not supported", "Use another tokenizer."),
        _ => throw TokenizerFile.Unsupported(step, "decoder", "ByteLevel, ByteFallback, Replace of a string, Metaspace, Fuse, Strip after Fuse, and Sequence"),
    };

    private static TokenDecoder Metaspace(TokenDecoder read, JsonFields step)
    {
        string mark = CutterReading.Mark(step).ToString();
        return read with
        {
            Replacements = [.. read.Replacements, (mark, " ")],
            FirstMark = CutterReading.Prefix(step) == PrefixPolicy.Never ? null : mark,
        };
    }

    private static TokenDecoder Strip(TokenDecoder read, JsonFields step)
    {
        if (step.GetInteger("stop") != 0)
            throw step.Fault("stop", "is not 0: a text that is still growing cannot lose its end", "Use another tokenizer.");
        string content = step.GetText("content");
        return content.Length == 1
            ? read with { Stripped = content[0], StripCount = Math.Max(0, step.GetInteger("start")) }
            : throw step.Fault("content", "must be one character");
    }
}
