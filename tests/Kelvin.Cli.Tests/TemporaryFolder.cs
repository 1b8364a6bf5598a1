namespace Kelvin.Cli.Tests;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("kelvin-test-").FullName;

    /// <summary>Writes a file into the folder and returns its path.</summary>
    public string Write(string name, string text)
    {
        string path = Path.Combine(FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public Task<string> ReadAsync(string name) =>
        File.ReadAllTextAsync(Path.Combine(FullName, name), TestContext.Current.CancellationToken);

    /// <summary>All files below the folder, as relative paths in order, with a blank between two.</summary>
    public string Files() => string.Join(
        ' ',
        Directory.EnumerateFiles(FullName, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(FullName, file))
            .Order(StringComparer.Ordinal));

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
