using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Reads the JSON of a safetensors header token by token: no tree, no recursion, and no name twice.</summary>
internal ref struct HeaderReader
{
    private const string Metadata = "__metadata__";
    private const int DeepestNesting = 8;       // a header has three levels
    private const int MostDimensions = 32;      // what bounds the memory a made-up header can cost
    private const int MostTensors = 100_000;

    private readonly string _file;
    private Utf8JsonReader _json;

    private HeaderReader(ReadOnlySpan<byte> json, string file)
    {
        _file = file;
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
    }

    public static HeaderEntries Read(ReadOnlySpan<byte> json, string file)
    {
        if (!Utf8.IsValid(json))
            throw new ModelFileException(file, null, "The header is not valid UTF-8.", "Fetch or write the file again.");

        var reader = new HeaderReader(json, file);
        try
        {
            return reader.ReadAll();
        }
        catch (JsonException fault)
        {
            throw JsonFault.Of(file, "The header", fault, json);
        }
        catch (InvalidOperationException fault)   // an escape that is half a surrogate pair
        {
            throw new ModelFileException(file, null, "The header holds text that is not valid Unicode.", "Fetch or write the file again.", fault);
        }
    }

    private HeaderEntries ReadAll()
    {
        var tensors = new List<HeaderEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyDictionary<string, string> metadata = new Dictionary<string, string>(StringComparer.Ordinal);

        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Fault(null, "The header is not a JSON object.");
        while (ReadName() is { } name)
        {
            if (!names.Add(name))
                throw Fault(name, $"Duplicate tensor name {name}.");
            if (names.Count > MostTensors)
                throw Fault(null, string.Create(CultureInfo.InvariantCulture, $"There are more than {MostTensors} tensors."));
            if (name == Metadata)
                metadata = ReadMetadata();
            else
                tensors.Add(ReadTensor(name));
        }

        while (_json.Read())
        {
            // anything but white space after the object is a JsonException
        }

        return new HeaderEntries(tensors, metadata);
    }

    private HeaderEntry ReadTensor(string name)
    {
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        if (!NextIs(JsonTokenType.StartObject))
            throw Fault(name, $"tensor {name}: its description is not a JSON object.");
        while (ReadName() is { } key)
        {
            bool isRepeated = (key == "dtype" && type is not null) || (key == "shape" && shape is not null) || (key == "data_offsets" && offsets is not null);
            if (isRepeated)
                throw Fault(name, $"tensor {name}: {key} occurs twice.");
            if (key == "dtype")
                type = ReadText(name, key);
            else if (key == "shape")
                shape = ReadIntegers(name, "dimension");
            else if (key == "data_offsets")
                offsets = ReadIntegers(name, "data offset");
            else
                Skip();
        }

        if (type is null || shape is null || offsets is null)
            throw Fault(name, $"tensor {name}: {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")} missing.");
        if (offsets.Length != 2)
            throw Fault(name, string.Create(CultureInfo.InvariantCulture, $"tensor {name}: data_offsets has {offsets.Length} numbers, but must have 2."));
        return new HeaderEntry(name, type, shape, offsets[0], offsets[1]);
    }

    private Dictionary<string, string> ReadMetadata()
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!NextIs(JsonTokenType.StartObject))
            throw Fault(null, $"{Metadata} is not a JSON object.");
        while (ReadName() is { } key)
        {
            if (!metadata.TryAdd(key, ReadText(Metadata, key)))
                throw Fault(null, $"{Metadata} holds {key} twice.");
        }

        return metadata;
    }

    /// <summary>The next key of an object, or null at its end.</summary>
    private string? ReadName() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName ? _json.GetString() : null;

    private string ReadText(string name, string key) => NextIs(JsonTokenType.String)
        ? _json.GetString()!
        : throw Fault(name, name == Metadata ? $"{Metadata}: {key} is not text." : $"tensor {name}: {key} is not text.");

    private long[] ReadIntegers(string name, string what)
    {
        var numbers = new List<long>();
        if (!NextIs(JsonTokenType.StartArray))
            throw Fault(name, $"tensor {name}: its {what}s are not an array.");
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number)
                throw Fault(name, $"tensor {name}: a {what} is not a number.");
            if (!_json.TryGetInt64(out long number))
                throw Fault(name, $"tensor {name}: {what} {Encoding.UTF8.GetString(_json.ValueSpan)} is not an integer of 64 bits.");
            if (number < 0)
                throw Fault(name, string.Create(CultureInfo.InvariantCulture, $"tensor {name}: negative {what} {number}."));
            if (numbers.Count == MostDimensions)
                throw Fault(name, string.Create(CultureInfo.InvariantCulture, $"tensor {name}: there are more than {MostDimensions} {what}s."));
            numbers.Add(number);
        }

        return [.. numbers];
    }

    /// <summary>Reads a token and says whether it is of the kind; if not, first walks to the end of its value, which may be nested too deep.</summary>
    private bool NextIs(JsonTokenType kind)
    {
        _json.Read();
        if (_json.TokenType == kind)
            return true;
        _json.Skip();
        return false;
    }

    private void Skip()
    {
        _json.Read();
        _json.Skip();
    }

    private readonly ModelFileException Fault(string? tensor, string problem) =>
        new(_file, tensor, problem, "The file is damaged or made wrongly: fetch or write it again.");
}
