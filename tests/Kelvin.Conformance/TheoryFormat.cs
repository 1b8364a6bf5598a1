using System.Text.Json;

namespace Kelvin.Conformance;

/// <summary>The format kelvin-theory-fixtures/1: cases of inputs, expected decimals and tolerances.</summary>
internal sealed class TheoryFormat : IFixtureFormat
{
    public bool Recognises(string path, JsonElement root) =>
        root.TryGetProperty("format", out JsonElement format) && format.ValueKind == JsonValueKind.String
        && format.ValueEquals("kelvin-theory-fixtures/1");

    public IEnumerable<FixtureCase> Read(string path, JsonElement root)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (JsonElement element in root.GetProperty("cases").EnumerateArray())
        {
            JsonElement tolerances = element.GetProperty("tolerance");
            yield return new FixtureCase(
                element.GetProperty("id").GetString()!,
                element.GetProperty("family").GetString()!,
                new FixtureInputs(element.GetProperty("inputs"), folder),
                [.. element.GetProperty("expected").EnumerateObject().Select(field =>
                    new ExpectedField(field.Name, JsonNumbers.Flatten(field.Value), Tolerance.Read(tolerances.GetProperty(field.Name))))]);
        }
    }
}
