using System.Buffers;
using System.Text.Json;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>Makes <c>tokenizer.json</c> files that need no training: a token for each character, or for each byte.</summary>
/// <remarks>For models of one's own. Special tokens come first, from id 0 on; the files read in other programs too.</remarks>
public static class PlainTokenizers
{
    /// <summary>A token for each character of an alphabet; a text with any other character is refused when it is encoded.</summary>
    /// <param name="alphabet">The characters, in the order of their ids; each once.</param>
    /// <param name="special">Special tokens, such as the end of a text.</param>
    /// <returns>The file, for <see cref="TokenizerFile.Parse"/> and to be saved beside a model.</returns>
    public static byte[] Characters(string alphabet, params IReadOnlyList<string> special)
    {
        ArgumentException.ThrowIfNullOrEmpty(alphabet);
        return Write([.. alphabet.EnumerateRunes().Select(rune => rune.ToString())], special, isByteLevel: false);
    }

    /// <summary>A token for each of the 256 bytes of UTF-8: every text can be encoded.</summary>
    /// <param name="special">Special tokens, such as the end of a text.</param>
    /// <returns>The file, for <see cref="TokenizerFile.Parse"/> and to be saved beside a model.</returns>
    public static byte[] Bytes(params IReadOnlyList<string> special) =>
        Write([.. Enumerable.Range(0, 256).Select(value => ByteAlphabet.Character((byte)value).ToString())], special, isByteLevel: true);

    private static byte[] Write(string[] tokens, IReadOnlyList<string> special, bool isByteLevel)
    {
        ArgumentNullException.ThrowIfNull(special);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string token in special.Concat(tokens))
            Require.That(token.Length > 0 && names.Add(token), $"Token '{token}' comes twice or is empty: give each its own spelling.", nameof(special));

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            WriteAdded(json, special);
            json.WriteNull("normalizer");
            if (isByteLevel)
                WriteByteLevel(json, "pre_tokenizer");
            else
                json.WriteNull("pre_tokenizer");
            json.WriteNull("post_processor");
            if (isByteLevel)
                WriteByteLevel(json, "decoder");
            else
                WriteType(json, "decoder", "Fuse");
            WriteModel(json, [.. special, .. tokens]);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteAdded(Utf8JsonWriter json, IReadOnlyList<string> special)
    {
        json.WriteStartArray("added_tokens");
        for (int id = 0; id < special.Count; id++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("content", special[id]);
            json.WriteBoolean("single_word", false);
            json.WriteBoolean("lstrip", false);
            json.WriteBoolean("rstrip", false);
            json.WriteBoolean("normalized", false);
            json.WriteBoolean("special", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteByteLevel(Utf8JsonWriter json, string key)
    {
        json.WriteStartObject(key);
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", false);
        json.WriteBoolean("trim_offsets", false);
        json.WriteBoolean("use_regex", false);
        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, string key, string type)
    {
        json.WriteStartObject(key);
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, string[] tokens)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("unk_token");
        json.WriteStartObject("vocab");
        for (int id = 0; id < tokens.Length; id++)
            json.WriteNumber(tokens[id], id);
        json.WriteEndObject();
        json.WriteStartArray("merges");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
