using System.Text.Json;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>Reads <c>post_processor</c>: what stands before and after a single text.</summary>
internal static class TemplateReading
{
    public static (IReadOnlyList<int> Before, IReadOnlyList<int> After) Read(JsonFields? processor)
    {
        var before = new List<int>();
        var after = new List<int>();
        foreach (JsonFields step in TokenizerFile.Flatten(processor, "processors"))
        {
            if (step.FindText("type") == "TemplateProcessing")
                Add(step, before, after);
            else if (step.FindText("type") != "ByteLevel")   // that one only moves offsets, which are not kept
                throw TokenizerFile.Unsupported(step, "post-processor", "TemplateProcessing, ByteLevel and Sequence");
        }

        return (before, after);
    }

    private static void Add(JsonFields step, List<int> before, List<int> after)
    {
        var start = new List<int>();
        bool isAfter = false;
        foreach (JsonFields part in step.GetArray("single").Select(element => step.AsObject(element, "single")))
        {
            if (part.FindObject("Sequence") is { } text)
            {
                if (isAfter || text.GetText("id") != "A")
                    throw part.Fault("Sequence", "must come once, as A");
                isAfter = true;
            }
            else
            {
                (isAfter ? after : start).AddRange(Ids(step, part.GetObject("SpecialToken").GetText("id")));
            }
        }

        if (!isAfter)
            throw step.Fault("single", "has no place for the text");
        before.InsertRange(0, start);
    }

    private static IEnumerable<int> Ids(JsonFields step, string token)
    {
        JsonFields special = step.GetObject("special_tokens").GetObject(token);
        foreach (JsonElement id in special.GetArray("ids"))
            yield return special.Integer(id, "ids");
    }
}
