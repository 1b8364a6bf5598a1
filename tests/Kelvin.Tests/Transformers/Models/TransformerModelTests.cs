using CsCheck;
using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;

namespace Kelvin.Tests.Transformers.Models;

public sealed class TransformerModelTests
{
    [Fact]
    public void Logits_loss_and_vitals_are_those_of_the_model_written_out() => ModelCases.Any.Sample(
        c =>
        {
            TransformerWorkspace<double> workspace = c.Workspace();
            MatrixView<double> logits = MatrixView.Allocate<double>(c.Tokens.Length, c.Config.VocabularySize);
            c.Model.Forward(c.Tokens, c.Length, logits, workspace, c.Remedies);
            PassResult result = c.Model.LossAndGradient(c.Tokens, c.Labels, c.Length, workspace, c.Remedies);
            HeadVitals[] heads = c.Model.HeadVitals(workspace);

            var statistics = new Dictionary<(int Layer, int Head), List<SoftmaxStatistics>>();
            var largest = new Dictionary<(int Layer, int Head), double>();
            var losses = new List<double>();
            for (int start = 0; start < c.Tokens.Length; start += c.Length)
            {
                var slow = new SlowTransformer(c.Model, c.Remedies);
                double[][] expected = slow.Logits(c.Tokens[start..(start + c.Length)]);
                for (int i = 0; i < c.Length; i++)
                {
                    for (int token = 0; token < c.Config.VocabularySize; token++)
                        Assert.Equal(expected[i][token], logits[start + i, token], 1e-10);
                    if (c.Labels[start + i] >= 0)
                        losses.Add(Math.Log(expected[i].Sum(Math.Exp)) - expected[i][c.Labels[start + i]]);
                }

                foreach (((int layer, int head, _), double[] scores) in slow.Scores)
                {
                    if (!statistics.TryGetValue((layer, head), out List<SoftmaxStatistics>? rows))
                        statistics[(layer, head)] = rows = [];
                    rows.Add(TemperedSoftmax.Statistics(scores, c.Remedies.AttentionTemperature));
                    double[] keys = c.Config.HasSinks ? scores[..^1] : scores;
                    largest[(layer, head)] = Math.Max(largest.GetValueOrDefault((layer, head), double.NegativeInfinity), keys.Max());
                }
            }

            Assert.Equal(losses.Average(), result.CrossEntropy, 1e-10);
            Assert.Equal(losses.Count, result.Output.Rows);
            foreach (((int layer, int head), List<SoftmaxStatistics> rows) in statistics)
            {
                HeadVitals vitals = heads[(layer * c.Config.Heads) + head];
                Assert.Equal(rows.Count, vitals.Queries);
                Assert.Equal(largest[(layer, head)], vitals.MaxLogit, 1e-10);
                Assert.Equal(rows.Average(row => row.Entropy), vitals.Entropy, 1e-10);
                Assert.Equal(rows.Average(row => row.LogSumExp), vitals.LogSumExp, 1e-10);
                Assert.Equal(rows.Average(row => row.SumSquares), vitals.SumSquares, 1e-10);
                Assert.Equal(rows.Average(row => row.Variance), vitals.Variance, 1e-9);
            }
        },
        iter: 60,
        threads: 1);

    [Fact]
    public void Tensors_have_names_and_fill_the_block_without_gaps()
    {
        var layout = new TransformerLayout(TinyModels.Llama(hasBias: true));
        int end = 0;
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            Assert.Equal(end, tensor.Start);
            end += tensor.Length;
        }

        Assert.Equal(layout.Total, end);
        Assert.Equal(layout.Tensors.Count, layout.Tensors.Select(tensor => tensor.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(layout.Find(WeightRole.Key, 1).Start, layout.Find(WeightRole.Query, 1).Start + layout.Find(WeightRole.Query, 1).Length);
        Assert.Equal("layers.1.attentionNorm", layout.Find(WeightRole.AttentionNorm, 1).Name);
        Assert.True(layout.Find(WeightRole.QueryBias, 0).Start >= layout.Decayed);
    }

    [Fact]
    public void Float_follows_double_and_threads_change_no_bit()
    {
        TransformerConfig config = TinyModels.Llama();
        TransformerModel<float> single = TransformerModel.Create<float>(config, 1);
        TransformerModel<double> precise = TransformerModel.Create<double>(config, 1);
        int[] tokens = [1, 2, 3, 4, 5, 6, 0, 1], labels = [2, 3, 4, 5, 6, 0, -1, 2];
        var one = new TransformerWorkspace<float>(config, 8);
        var two = new TransformerWorkspace<float>(config, 8);
        var wide = new TransformerWorkspace<double>(config, 8);

        PassResult alone = single.LossAndGradient(tokens, labels, 4, one, threads: 1);
        PassResult together = single.LossAndGradient(tokens, labels, 4, two, threads: 2);
        PassResult reference = precise.LossAndGradient(tokens, labels, 4, wide);

        Assert.Equal(alone, together);
        Assert.Equal(one.Gradient.ToArray(), two.Gradient.ToArray());
        Assert.Equal(reference.Loss, alone.Loss, 1e-5);
        for (int i = 0; i < wide.Gradient.Length; i++)
            Assert.Equal(wide.Gradient[i], one.Gradient[i], 1e-5);
    }

    [Fact]
    public void Sequences_of_a_batch_do_not_see_each_other()
    {
        TransformerConfig config = TinyModels.Gpt2();
        TransformerModel<double> model = TransformerModel.Create<double>(config, 3);
        var workspace = new TransformerWorkspace<double>(config, 6);
        MatrixView<double> both = MatrixView.Allocate<double>(6, 7), alone = MatrixView.Allocate<double>(3, 7);

        model.Forward([1, 2, 3, 4, 5, 6], 3, both, workspace);
        model.Forward([4, 5, 6], 3, alone, workspace);

        for (int i = 0; i < 3; i++)
            Assert.Equal(alone.Row(i).ToArray(), both.Row(3 + i).ToArray());
    }

    [Fact]
    public void A_model_loaded_from_anothers_weights_is_that_model()
    {
        TransformerModel<float> model = TransformerModel.Create<float>(TinyModels.Llama(hasBias: true), 4);

        TransformerModel<float> loaded = TransformerModel.Load<float>(model.AsWeightSource());

        Assert.Equal(model.Parameters.ToArray(), loaded.Parameters.ToArray());
        Assert.Equal(model.Parameters.ToArray(), model.Copy().Parameters.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        TransformerConfig config = TinyModels.Gpt2();
        TransformerModel<float> model = TransformerModel.Create<float>(config, 1);
        var workspace = new TransformerWorkspace<float>(config, 4);

        Assert.Contains("No token has a label", Assert.Throws<ArgumentException>(() => model.LossAndGradient(Tokens(1), [-1], 1, workspace)).Message, StringComparison.Ordinal);
        Assert.Contains("length is 9", Assert.Throws<ArgumentOutOfRangeException>(() => model.LossAndGradient(new int[9], new int[9], 9, workspace)).Message, StringComparison.Ordinal);
        Assert.Contains("There are 3 tokens", Assert.Throws<ArgumentException>(() => model.LossAndGradient(new int[3], new int[3], 2, workspace)).Message, StringComparison.Ordinal);
        Assert.Contains("another configuration", Assert.Throws<ArgumentException>(() => model.LossAndGradient(
            Tokens(1), [1], 1, new TransformerWorkspace<float>(TinyModels.Llama(), 4))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.LossAndGradient(Tokens(7), [1], 1, workspace));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.LossAndGradient(Tokens(1), [7], 1, workspace));
    }

    private static ReadOnlyMemory<int> Tokens(params int[] tokens) => tokens;
}
