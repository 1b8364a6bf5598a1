using System.Globalization;
using System.Text.Json;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>Reads <c>model</c>: the vocabulary and how it cuts a piece.</summary>
internal static class ModelReading
{
    /// <summary>The largest id that is read; no vocabulary comes near it.</summary>
    public const int LargestId = 1 << 24;

    public static ITokenModel Read(JsonFields model) => (model.FindText("type") ?? (model.Find("merges") is null ? null : "BPE")) switch
    {
        "BPE" => BytePair(model),
        "Unigram" => Unigram(model),
        _ => throw TokenizerFile.Unsupported(model, "tokenizer model", "BPE and Unigram"),
    };

    private static BytePairModel BytePair(JsonFields model)
    {
        RefuseText(model, "continuing_subword_prefix");
        RefuseText(model, "end_of_word_suffix");
        if (model.FindNumber("dropout") is { } dropout and not 0)
            throw model.Fault("dropout", FormattableString.Invariant($"is {dropout}, which would cut the same text differently each time"), "Set it to null.");

        JsonFields entries = model.GetObject("vocab");
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = new Dictionary<int, string>();
        foreach ((string token, JsonElement value) in entries.Entries)
        {
            int id = entries.Integer(value, token);
            if (id is < 0 or > LargestId)
                throw entries.Fault(token, FormattableString.Invariant($"is {id}, but an id is from 0 to {LargestId}"));
            if (!seen.TryAdd(id, token))
                throw entries.Fault(token, FormattableString.Invariant($"is {id}, the id of {seen[id]} as well"));
            vocabulary.Add(token, id);
        }

        int? unknown = model.FindText("unk_token") is not { Length: > 0 } name ? null
            : vocabulary.TryGetValue(name, out int found) ? found
            : throw model.Fault("unk_token", $"is {name}, which the vocabulary does not hold");
        return new BytePairModel(
            vocabulary, Merges(model, vocabulary), new UnknownCharacter(vocabulary, unknown, model.Flag("byte_fallback", otherwise: false)),
            model.Flag("fuse_unk", otherwise: false), model.Flag("ignore_merges", otherwise: false));
    }

    private static Dictionary<(int Left, int Right), (int Rank, int Joined)> Merges(JsonFields model, Dictionary<string, int> vocabulary)
    {
        var merges = new Dictionary<(int Left, int Right), (int Rank, int Joined)>();
        int rank = 0;
        foreach (JsonElement element in model.GetArray("merges"))
        {
            (string left, string right) = Pair(model, element, rank);
            if (!vocabulary.TryGetValue(left, out int first) || !vocabulary.TryGetValue(right, out int second)
                || !vocabulary.TryGetValue(left + right, out int joined))
            {
                throw model.Fault("merges", string.Create(
                    CultureInfo.InvariantCulture, $"joins {left} and {right} in entry {rank}, but the vocabulary does not hold both and {left + right}"));
            }

            merges[(first, second)] = (rank++, joined);
        }

        return merges;
    }

    /// <summary>A merge in the older form, <c>"a b"</c>, or the newer, <c>["a", "b"]</c>.</summary>
    private static (string Left, string Right) Pair(JsonFields model, JsonElement merge, int rank)
    {
        string[] parts = merge.ValueKind == JsonValueKind.Array
            ? [.. merge.EnumerateArray().Select(part => model.Text(part, "merges"))]
            : model.Text(merge, "merges").Split(' ');
        return parts is [{ Length: > 0 } left, { Length: > 0 } right]
            ? (left, right)
            : throw model.Fault("merges", string.Create(CultureInfo.InvariantCulture, $"has no two parts in entry {rank}: {JsonFields.Short(merge)}"));
    }

    private static UnigramModel Unigram(JsonFields model)
    {
        IReadOnlyList<JsonElement> entries = model.GetArray("vocab");
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        double[] scores = new double[entries.Count];
        for (int id = 0; id < scores.Length; id++)
        {
            if (entries[id].ValueKind != JsonValueKind.Array || entries[id].GetArrayLength() != 2)
                throw model.Fault("vocab", string.Create(CultureInfo.InvariantCulture, $"has no token and score in entry {id}: {JsonFields.Short(entries[id])}"));
            scores[id] = model.Number(entries[id][1], "vocab");
            if (!vocabulary.TryAdd(model.Text(entries[id][0], "vocab"), id))
                throw model.Fault("vocab", string.Create(CultureInfo.InvariantCulture, $"holds {JsonFields.Short(entries[id][0])} twice"));
        }

        int? unknown = model.FindInteger("unk_id");
        if (scores.Length == 0 || (unknown is { } index && (uint)index >= (uint)scores.Length))
            throw model.Fault("vocab", "is empty, or unk_id is none of it");
        return new UnigramModel(vocabulary, scores, new UnknownCharacter(vocabulary, unknown, model.Flag("byte_fallback", otherwise: false)));
    }

    private static void RefuseText(JsonFields model, string key)
    {
        if (model.FindText(key) is { Length: > 0 } text)
            throw model.Fault(key, $"is {text}, which is not supported", "Use another tokenizer.");
    }
}
