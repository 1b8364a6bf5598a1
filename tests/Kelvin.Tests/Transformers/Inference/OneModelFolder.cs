namespace Kelvin.Tests.Transformers.Inference;

/// <summary>A copy of a model's folder with one of its weight files, where the original keeps the same weights twice.</summary>
internal sealed class OneModelFolder : IDisposable
{
    public OneModelFolder(string source)
    {
        foreach (string name in (string[])["config.json", "golden.json", "model.safetensors"])
            File.Copy(System.IO.Path.Combine(source, name), System.IO.Path.Combine(Path, name));
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("kelvin-model-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
