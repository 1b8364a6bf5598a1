using System.Text.Json;

namespace Kelvin.Monitoring;

/// <summary>Reads a state's fields from one JSON object and says which of them is wrong.</summary>
internal sealed class StateReader(JsonElement json, string place) : StateExchange
{
    public override bool IsReading => true;

    public override void Field(string name, ref double value)
    {
        if (!JsonNumbers.TryRead(Element(name), out value))
            throw Wrong(name, "is not a number");
    }

    public override void Field(string name, ref long value)
    {
        JsonElement element = Element(name);
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out value))
            throw Wrong(name, "is not an integer");
    }

    public override void Field(string name, ref bool value)
    {
        JsonElement element = Element(name);
        if (element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw Wrong(name, "is neither true nor false");

        value = element.GetBoolean();
    }

    public override void Field(string name, ref string value) => value = RequiredText(name);

    public override void Field(string name, double[] values)
    {
        JsonElement element = Element(name);
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != values.Length)
            throw Wrong(name, FormattableString.Invariant($"is not an array of {values.Length} numbers"));

        int i = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (!JsonNumbers.TryRead(item, out values[i]))
                throw Wrong(FormattableString.Invariant($"{name}[{i}]"), "is not a number");
            i++;
        }
    }

    /// <summary>Reads a text; absent or null counts as null.</summary>
    public string? Text(string name)
    {
        if (!json.TryGetProperty(name, out JsonElement element) || element.ValueKind == JsonValueKind.Null)
            return null;
        return element.ValueKind == JsonValueKind.String ? element.GetString() : throw Wrong(name, "is not a text");
    }

    public string RequiredText(string name) => Text(name) ?? throw Wrong(name, "is missing");

    /// <summary>Reads an integer that may be absent.</summary>
    public long? OptionalInteger(string name)
    {
        if (!json.TryGetProperty(name, out JsonElement element) || element.ValueKind == JsonValueKind.Null)
            return null;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long value)
            ? value
            : throw Wrong(name, "is not an integer");
    }

    public T Enum<T>(string name)
        where T : struct, Enum =>
        System.Enum.TryParse(RequiredText(name), out T value) && System.Enum.IsDefined(value)
            ? value
            : throw Wrong(name, $"is '{Text(name)}', but must be one of {string.Join(", ", System.Enum.GetNames<T>())}");

    public StateReader Object(string name)
    {
        JsonElement element = Element(name);
        return element.ValueKind == JsonValueKind.Object ? new(element, $"{place}.{name}") : throw Wrong(name, "is not an object");
    }

    public IEnumerable<StateReader> Objects(string name)
    {
        JsonElement element = Element(name);
        if (element.ValueKind != JsonValueKind.Array)
            throw Wrong(name, "is not an array");

        int i = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            string itemPlace = FormattableString.Invariant($"{place}.{name}[{i++}]");
            yield return item.ValueKind == JsonValueKind.Object
                ? new StateReader(item, itemPlace)
                : throw new MonitorStateException(Sentence(itemPlace, "is not an object"));
        }
    }

    public MonitorStateException Fault(string name, string fault) => Wrong(name, fault);

    protected override MonitorStateException Wrong(string name, string fault) =>
        new(Sentence($"{place}.{name}", fault));

    private static string Sentence(string place, string fault) =>
        $"The saved monitor state cannot be restored: {place} {fault}. Restore an intact copy, or start a new monitor and replay the run's points into it.";

    private JsonElement Element(string name) =>
        json.TryGetProperty(name, out JsonElement element) ? element : throw Wrong(name, "is missing");
}
