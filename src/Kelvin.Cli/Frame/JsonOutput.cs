using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kelvin.Cli.Frame;

/// <summary>Writes documents: camelCase, indented, NaN and ±∞ as the strings "NaN", "Infinity" and "-Infinity".</summary>
internal static class JsonOutput
{
    /// <summary>The settings of every document that Kelvin prints or writes.</summary>
    public static JsonSerializerOptions Options { get; } = Create(isIndented: true);

    /// <summary>The same on one line, for files with a document a line.</summary>
    public static JsonSerializerOptions LineOptions { get; } = Create(isIndented: false);

    public static string Of<T>(T document) => JsonSerializer.Serialize(document, Options);

    /// <summary>Prints a document and a line end on standard output.</summary>
    public static void Print<T>(CliHost host, T document) => host.Output.WriteLine(Of(document));

    private static JsonSerializerOptions Create(bool isIndented) => new()
    {
        WriteIndented = isIndented,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = null,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
