using System.Text.Json;
using Kelvin.Inspection.Checkpoints;
using Kelvin.Inspection.Sites;
using Kelvin.Softmax;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Inspection.Tests.Checkpoints;

/// <summary>Every softmax of the reference models against what their authors' own program computed in double.</summary>
public sealed class CheckpointGoldenTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("tiny-llama-gqa", 3 * 8)]
    [InlineData("tiny-gpt2", 3 * 4)]
    public void The_tiny_models_have_the_golden_vitals_at_every_layer_head_and_position(string model, int heads)
    {
        string folder = Path.Combine(Repository.Root, "tests", "fixtures", "models", model);
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "golden.json")));

        foreach (JsonElement expected in golden.RootElement.GetProperty("cases").EnumerateArray())
        {
            InspectionReport report = Inspect(folder, Integers(expected.GetProperty("token_ids")));

            Assert.Equal(heads, report.Attention.Sum(site => site.Heads.Count));
            AssertAttention(expected.GetProperty("attention"), report);
            AssertOutput(expected, report);
        }
    }

    [Fact]
    [Trait("Data", "Stories260K")]
    public void A_real_model_has_the_golden_vitals_and_likelihood_at_each_temperature()
    {
        string? source = Environment.GetEnvironmentVariable("KELVIN_STORIES260K");
        Assert.SkipWhen(string.IsNullOrEmpty(source), "Set KELVIN_STORIES260K to a folder with the model stories260K and its golden.json; it may not be handed on.");
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(source, "golden.json")));

        foreach (JsonElement prompt in golden.RootElement.GetProperty("prompts").EnumerateArray())
        {
            InspectionReport report = Inspect(source, Integers(prompt.GetProperty("token_ids")));

            Assert.Equal(5 * 8, report.Attention.Sum(site => site.Heads.Count));
            if (prompt.TryGetProperty("attention", out JsonElement attention))
                AssertAttention(attention, report);
        }

        JsonElement text = golden.RootElement.GetProperty("nll");
        OutputCalibration output = Inspect(source, Integers(text.GetProperty("token_ids"))).Output!;
        foreach (JsonElement at in text.GetProperty("by_temperature").EnumerateArray())
        {
            double temperature = at.GetProperty("temperature").GetDouble();
            Assert.Equal(at.GetProperty("mean_nll").GetDouble(), output.Ladder.Single(step => step.Temperature == temperature).Metrics.Nll, Tolerance);
        }

        Assert.Equal(text.GetProperty("accuracy_top1").GetDouble(), output.Accuracy, 1e-9);
    }

    private static InspectionReport Inspect(string folder, int[] tokens)
    {
        using var checkpoint = TransformerCheckpoint.Open(folder);
        var options = new CheckpointInspectionOptions { Tokens = tokens, Origin = "golden", KeepsRows = true, Threads = 2 };
        return CheckpointInspector.Inspect(checkpoint, folder, options, TestContext.Current.CancellationToken);
    }

    private static void AssertAttention(JsonElement layers, InspectionReport report)
    {
        SoftmaxSite[] sites = [.. report.Attention];
        Assert.Equal(layers.GetArrayLength(), sites.Length);
        foreach ((JsonElement layer, SoftmaxSite site) in layers.EnumerateArray().Zip(sites))
        {
            int queries = site.RowLength;
            foreach ((JsonElement head, int index) in layer.EnumerateArray().Select((head, index) => (head, index)))
            {
                SoftmaxStatistics[] rows = site.Rows.Slice(index * queries, queries).ToArray();
                Near(head.GetProperty("entropy"), rows.Select(row => row.Entropy));
                Near(head.GetProperty("max_logit"), rows.Select(row => row.MaxLogit));
                Near(head.GetProperty("max_prob"), rows.Select(row => row.MaxProbability));
                Assert.Equal(Integers(head.GetProperty("argmax_key")), rows.Select(row => row.ArgMax));
                Assert.Equal(Numbers(head.GetProperty("max_logit")).Max(), site.Heads[index].Room.MaxLogit, Tolerance);
                Assert.Equal(Numbers(head.GetProperty("entropy")).Average(), site.Heads[index].Entropy.Mean, Tolerance);
            }
        }
    }

    private static void AssertOutput(JsonElement expected, InspectionReport report)
    {
        SoftmaxSite output = report.Sites[^1];
        SoftmaxStatistics[] rows = output.Rows.ToArray();
        Assert.Equal(SiteKind.Output, output.Kind);
        Near(expected.GetProperty("lse_per_position"), rows.Select(row => row.LogSumExp));
        Near(expected.GetProperty("entropy_per_position"), rows.Select(row => row.Entropy));
        Assert.Equal(Integers(expected.GetProperty("argmax_per_position")), rows.Select(row => row.ArgMax));
        if (expected.TryGetProperty("mean_nll", out JsonElement nll) && nll.ValueKind == JsonValueKind.Number)
            Assert.Equal(nll.GetDouble(), report.Output!.Nll, Tolerance);
        else
            Assert.Null(report.Output);
    }

    private static void Near(JsonElement expected, IEnumerable<double> actual)
    {
        double[] values = [.. actual];
        double[] golden = Numbers(expected);
        Assert.Equal(golden.Length, values.Length);
        Assert.All(golden.Zip(values), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(element => element.GetDouble())];

    private static int[] Integers(JsonElement array) => [.. array.EnumerateArray().Select(element => element.GetInt32())];
}
