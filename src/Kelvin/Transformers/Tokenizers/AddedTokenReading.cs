using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>Reads <c>added_tokens</c>.</summary>
internal static class AddedTokenReading
{
    private const string Key = "added_tokens";

    public static IReadOnlyList<AddedToken> Read(JsonFields root, IReadOnlyDictionary<string, int> vocabulary)
    {
        Dictionary<int, string> spellings = vocabulary.ToDictionary(pair => pair.Value, pair => pair.Key);
        var tokens = new List<AddedToken>();
        var seen = new HashSet<int>();
        foreach (JsonFields entry in (root.FindArray(Key) ?? []).Select(element => root.AsObject(element, Key)))
        {
            string content = entry.GetText("content");
            int id = entry.GetInteger("id");
            if (content.Length == 0 || id is < 0 or > ModelReading.LargestId)
                throw entry.Fault("content", FormattableString.Invariant($"is '{content}' with id {id}, but must not be empty, and the id from 0 to {ModelReading.LargestId}"));
            if (!seen.Add(id))
                throw entry.Fault("id", FormattableString.Invariant($"is {id} a second time"));
            if (spellings.TryGetValue(id, out string? other) && other != content)
                throw entry.Fault("id", FormattableString.Invariant($"is {id} for {content}, but that is the id of {other}"));

            spellings[id] = content;
            bool isSpecial = entry.Flag("special", otherwise: false);
            tokens.Add(new AddedToken(
                id, content, isSpecial, entry.Flag("normalized", otherwise: !isSpecial), entry.Flag("single_word", otherwise: false),
                entry.Flag("lstrip", otherwise: false), entry.Flag("rstrip", otherwise: false)));
        }

        return tokens;
    }
}
