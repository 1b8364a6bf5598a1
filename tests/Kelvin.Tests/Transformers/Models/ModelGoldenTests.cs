using System.Numerics;
using System.Text.Json;
using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Tests.Transformers.Checkpoints;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;

namespace Kelvin.Tests.Transformers.Models;

/// <summary>The models of the fixtures, whose golden files come from programs of other people.</summary>
public sealed class ModelGoldenTests
{
    public static TheoryData<string> Folders => [ModelFixtures.TinyGpt2, ModelFixtures.TinyLlama];

    [Theory]
    [MemberData(nameof(Folders))]
    public void In_double_a_loaded_model_gives_the_golden_logits_losses_and_vitals(string folder) => Agrees<double>(folder, 1e-9);

    [Theory]
    [MemberData(nameof(Folders))]
    public void In_float_a_loaded_model_gives_them_within_a_ten_thousandth(string folder) => Agrees<float>(folder, 1e-4);

    private static void Agrees<T>(string folder, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using TransformerCheckpoint checkpoint = TransformerCheckpoint.Open(folder);
        TransformerModel<T> model = TransformerModel.Load<T>(checkpoint);
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "golden.json")));
        foreach (JsonElement expected in golden.RootElement.GetProperty("cases").EnumerateArray())
        {
            int[] tokens = [.. expected.GetProperty("token_ids").EnumerateArray().Select(token => token.GetInt32())];
            var workspace = new TransformerWorkspace<T>(model.Config, tokens.Length);
            MatrixView<T> logits = MatrixView.Allocate<T>(tokens.Length, model.Config.VocabularySize);
            model.Forward(tokens, tokens.Length, logits, workspace, threads: 2);

            Near(Numbers(expected, "last_logits"), [.. logits.Row(tokens.Length - 1).ToArray().Select(double.CreateChecked)], tolerance);
            SoftmaxStatistics[] rows = [.. Enumerable.Range(0, tokens.Length)
                .Select(i => TemperedSoftmax.Statistics([.. logits.Row(i).ToArray().Select(double.CreateChecked)], 1.0))];
            Near(Numbers(expected, "lse_per_position"), [.. rows.Select(row => row.LogSumExp)], tolerance);
            Near(Numbers(expected, "entropy_per_position"), [.. rows.Select(row => row.Entropy)], 10 * tolerance);
            Assert.Equal(Numbers(expected, "argmax_per_position"), rows.Select(row => (double)row.ArgMax));
            Heads(expected.GetProperty("attention"), model, workspace, 10 * tolerance);
            if (tokens.Length > 1)
            {
                PassResult result = model.LossAndGradient(tokens, [.. tokens[1..], -1], tokens.Length, workspace);
                Assert.Equal(expected.GetProperty("mean_nll").GetDouble(), result.CrossEntropy, tolerance);
            }
        }
    }

    private static void Heads<T>(JsonElement layers, TransformerModel<T> model, TransformerWorkspace<T> workspace, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        HeadVitals[] heads = model.HeadVitals(workspace);
        foreach (JsonElement head in layers.EnumerateArray().SelectMany(layer => layer.EnumerateArray()))
        {
            HeadVitals vitals = heads[(head.GetProperty("layer").GetInt32() * model.Config.Heads) + head.GetProperty("head").GetInt32()];
            Assert.Equal(Numbers(head, "entropy").Average(), vitals.Entropy, tolerance);
            Assert.Equal(Numbers(head, "max_logit").Max(), vitals.MaxLogit, tolerance);
        }
    }

    private static double[] Numbers(JsonElement parent, string name) => [.. parent.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }
}
