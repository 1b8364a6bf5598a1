namespace Kelvin.Tests.Transformers.Checkpoints;

/// <summary>Where the models of the fixtures lie.</summary>
internal static class ModelFixtures
{
    public static string Bad { get; } = Folder("bad");

    public static string TinyLlama { get; } = Folder("tiny-llama-gqa");

    public static string TinyGpt2 { get; } = Folder("tiny-gpt2");

    private static string Folder(string name) => Path.Combine(Repository.Root, "tests", "fixtures", "models", name);
}
