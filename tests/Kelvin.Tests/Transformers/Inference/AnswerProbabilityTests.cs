using Kelvin.Linear;
using Kelvin.Tests.Transformers.Models;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Training;

namespace Kelvin.Tests.Transformers.Inference;

public sealed class AnswerProbabilityTests
{
    private static readonly TransformerConfig Config = TinyModels.Llama(4, 2, layers: 2, hasBias: false);
    private static readonly TransformerModel<float> Model = Spread(TransformerModel.Create<float>(Config, 3));

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void The_probabilities_of_all_answers_of_two_tokens_sum_to_one(double temperature)
    {
        int[] prompt = [1, 2, 3];
        AnswerTokens[] all = [.. from a in Enumerable.Range(0, Config.VocabularySize)
                                 from b in Enumerable.Range(0, Config.VocabularySize)
                                 select new AnswerTokens(prompt, new[] { a, b })];

        double[,] p = new AnswerProbability(LanguageModel.Load(Model.AsWeightSource()), [temperature]).Measure(all);

        Assert.Equal(1, p.Cast<double>().Sum(), 1e-5);
    }

    [Fact]
    public void They_are_the_products_of_the_softmax_of_a_plain_forward_pass_and_greedy_is_the_largest()
    {
        int[] prompt = [4, 1], answer = [2, 0, 3];
        double[] temperatures = [0, 0.7, 1];
        var workspace = new TransformerWorkspace<float>(Config, 4);
        MatrixView<float> logits = MatrixView.Allocate<float>(4, Config.VocabularySize);
        Model.Forward([4, 1, 2, 0], 4, logits, workspace);
        int[] greedy = [Best(logits.Row(1)), 0, 0];

        double[,] p = new AnswerProbability(LanguageModel.Load(Model.AsWeightSource()), temperatures).Measure(
            [new AnswerTokens(prompt, answer), new AnswerTokens(prompt, greedy.AsMemory(0, 1)), new AnswerTokens(prompt, new[] { (greedy[0] + 1) % Config.VocabularySize })]);

        for (int t = 1; t < temperatures.Length; t++)
        {
            double expected = 1;
            for (int i = 0; i < answer.Length; i++)
                expected *= Softmax(logits.Row(i + 1), answer[i], temperatures[t]);
            Assert.Equal(expected, p[0, t], 1e-5 * expected);
        }

        Assert.Equal(1, p[1, 0]);
        Assert.Equal(0, p[2, 0]);
    }

    [Fact]
    public void A_pair_that_is_too_long_or_foreign_is_refused()
    {
        var answers = new AnswerProbability(LanguageModel.Load(Model.AsWeightSource()), [1]);

        int[] longest = new int[Config.Context], foreign = [Config.VocabularySize], answer = [1, 2];

        Assert.Throws<ArgumentException>(() => answers.Measure([new AnswerTokens(longest, answer)]));
        Assert.Throws<ArgumentException>(() => answers.Measure([new AnswerTokens(foreign, answer)]));
    }

    private static TransformerModel<float> Spread(TransformerModel<float> model)
    {
        foreach (ref float value in model.Parameters.Span[..model.Layout.Decayed])
            value *= 8;
        return model;
    }

    private static int Best(ReadOnlySpan<float> row)
    {
        int best = 0;
        for (int i = 1; i < row.Length; i++)
            best = row[i] > row[best] ? i : best;
        return best;
    }

    private static double Softmax(ReadOnlySpan<float> row, int place, double temperature)
    {
        double sum = 0;
        foreach (float z in row)
            sum += Math.Exp((z - row[place]) / temperature);
        return 1 / sum;
    }
}
