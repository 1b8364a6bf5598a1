using System.Text.Json;

namespace Kelvin.Conformance;

/// <summary>Recognises fixture files of one format and reads their cases.</summary>
internal interface IFixtureFormat
{
    /// <summary>Whether the file is of this format, judged by name and content.</summary>
    bool Recognises(string path, JsonElement root);

    IEnumerable<FixtureCase> Read(string path, JsonElement root);
}
