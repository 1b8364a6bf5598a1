using Kelvin.Conformance;

namespace Kelvin.Tests.Transformers.Inference;

public sealed class ModelGoldenTests
{
    [Fact]
    public void The_tiny_models_give_the_golden_logits_likelihood_and_vitals()
    {
        IReadOnlyList<FileResult> files = ConformanceRun.Evaluate(Path.Combine(Repository.Root, "tests", "fixtures", "models"), ["models"]);

        Assert.Empty(files.SelectMany(file => file.Failures));
        Assert.Equal(["tiny-gpt2/golden.json", "tiny-llama-gqa/golden.json"], files.Select(file => file.File), StringComparer.Ordinal);
        Assert.All(files, file => Assert.Equal(3, file.Passed));
    }

    [Fact]
    [Trait("Data", "Stories260K")]
    public void A_real_model_gives_the_golden_logits_vitals_likelihood_and_greedy_text()
    {
        string? folder = Environment.GetEnvironmentVariable("KELVIN_STORIES260K");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "Set KELVIN_STORIES260K to a folder with the model stories260K and its golden.json; it may not be handed on.");

        using var model = new OneModelFolder(folder);
        FileResult file = Assert.Single(ConformanceRun.Evaluate(model.Path, ["models"]));

        Assert.Empty(file.Failures);
        Assert.Equal(4, file.Passed);
    }
}
