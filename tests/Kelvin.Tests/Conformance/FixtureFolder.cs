namespace Kelvin.Tests.Conformance;

/// <summary>A folder with one fixture file of the given cases, gone after use.</summary>
internal sealed class FixtureFolder : IDisposable
{
    public FixtureFolder(string cases) => File.WriteAllText(
        System.IO.Path.Combine(Path, "fixtures.json"), $$"""{ "format": "kelvin-theory-fixtures/1", "cases": [ {{cases}} ] }""");

    public string Path { get; } = Directory.CreateTempSubdirectory("kelvin-fixtures-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
