using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kelvin.Conformance;

/// <summary>The results as one JSON document, schema kelvin-conformance/1.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Render(IReadOnlyList<FileResult> files) => JsonSerializer.Serialize(
        new
        {
            Schema = "kelvin-conformance/1",
            Cases = files.Sum(file => file.Cases),
            Passed = files.Sum(file => file.Passed),
            Failed = files.Sum(file => file.Failed.Count),
            Skipped = files.Sum(file => file.Skipped.Count(skip => skip.Fields is null)),
            Files = files,
        },
        Options);
}
