using System.Globalization;
using System.Text.Json;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>One object of a model's JSON file, read key by key; every fault names file and key.</summary>
/// <param name="element">The object.</param>
/// <param name="file">What to call the file.</param>
/// <param name="path">The object's own place, such as <c>rope_scaling.</c>; empty for the root.</param>
internal sealed class JsonFields(JsonElement element, string file, string path = "")
{
    public string File { get; } = file;

    /// <summary>Every key with its value, in the order of the file.</summary>
    public IEnumerable<(string Key, JsonElement Value)> Entries
    {
        get
        {
            foreach (JsonProperty property in element.EnumerateObject())
                yield return (Name(property), property.Value);
        }
    }

    public IEnumerable<string> Keys => Entries.Select(entry => entry.Key);

    /// <summary>The value of a key; null if the key is missing or its value is null.</summary>
    public JsonElement? Find(string key) =>
        element.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public JsonElement Get(string key) => Find(key) ?? throw Fault(key, "is missing");

    public JsonFields? FindObject(string key) => Find(key) is { } value ? AsObject(value, key) : null;

    public JsonFields GetObject(string key) => AsObject(Get(key), key);

    public string? FindText(string key) => Find(key) is { } value ? Text(value, key) : null;

    public string GetText(string key) => Text(Get(key), key);

    public bool Flag(string key, bool otherwise) => Find(key) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw Fault(key, $"is {Short(value)}, but must be true or false"),
    };

    public int GetInteger(string key) => Integer(Get(key), key);

    public int? FindInteger(string key) => Find(key) is { } value ? Integer(value, key) : null;

    public double? FindNumber(string key) => Find(key) is { } value ? Number(value, key) : null;

    public double GetNumber(string key) => Number(Get(key), key);

    public IReadOnlyList<JsonElement> GetArray(string key) => FindArray(key) ?? throw Fault(key, "is missing");

    public IReadOnlyList<JsonElement>? FindArray(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } value => [.. value.EnumerateArray()],
        { } value => throw Fault(key, $"is {Short(value)}, but must be an array"),
    };

    public JsonFields AsObject(JsonElement value, string key) => value.ValueKind == JsonValueKind.Object
        ? new JsonFields(value, File, $"{path}{key}.")
        : throw Fault(key, $"is {Short(value)}, but must be an object");

    public string Text(JsonElement value, string key)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw Fault(key, $"is {Short(value)}, but must be text");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException fault)
        {
            throw NotUnicode($"{path}{key}", fault);
        }
    }

    public int Integer(JsonElement value, string key)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number))
            return number;
        bool isWhole = value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _);
        throw isWhole
            ? Fault(key, $"is {Short(value)}, but must be at most {int.MaxValue.ToString(CultureInfo.InvariantCulture)}", "Such a size does not match the tensors: use the file that belongs to them.")
            : Fault(key, $"is {Short(value)}, but must be an integer");
    }

    public double Number(JsonElement value, string key) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
        ? number
        : throw Fault(key, $"is {Short(value)}, but must be a finite number");

    /// <summary>A fault of one key: <c>rope_scaling.factor is …, but must be ….</c></summary>
    public ModelFileException Fault(string key, string problem, string remedy = "Use the file that belongs to these weights, or mend the key.") =>
        new(File, null, $"{path}{key} {problem}.", remedy);

    public static string Short(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= 60 ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, 60)}…");
    }

    private string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException fault)
        {
            throw NotUnicode($"A key of {(path.Length == 0 ? "the file" : path.TrimEnd('.'))}", fault);
        }
    }

    /// <summary>An escape that is half a surrogate pair: the tree finds it only when the text is asked for.</summary>
    private ModelFileException NotUnicode(string what, InvalidOperationException fault) =>
        new(File, null, $"{what} holds text that is not valid Unicode.", "Fetch or write the file again.", fault);
}
