using System.Globalization;
using System.Numerics;
using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Transformers.Attention;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Decoding;
using Kelvin.Transformers.Generation;
using Kelvin.Transformers.Inference;

namespace Kelvin.Conformance.Families;

/// <summary>A model's logits, vitals, likelihood and greedy continuation. Inference is in float whatever the precision asked for.</summary>
internal sealed class ModelsFamily : IFamily
{
    private static readonly double[] Temperatures = [0.5, 0.8, 1, 1.25, 2];

    public string Name => "models";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var checkpoint = TransformerCheckpoint.Open(inputs.Folder);
        LanguageModel model = LanguageModel.Load(checkpoint);
        int[] tokens = inputs.Integers("token_ids");
        var pass = new InferencePass(model);
        var vitals = new AttentionVitals(model.Config);
        var cache = new KeyValueCache(model.Config);
        MatrixView<float> logits = MatrixView.Allocate<float>(tokens.Length, model.Config.VocabularySize);
        pass.Forward(new SequenceChunk(cache, tokens, vitals), LogitRows.All, logits);

        var answers = new Answers();
        AddRows(answers, logits, tokens);
        AddAttention(answers, model.Config, vitals);
        if (inputs.Has("greedy"))
            answers.Add("greedy", Continue(model, tokens, inputs.GreedyLength));
        return answers;
    }

    private static void AddRows(Answers answers, MatrixView<float> logits, int[] tokens)
    {
        SoftmaxStatistics[] rows = [.. Enumerable.Range(0, logits.Rows).Select(i => TemperedSoftmax.Statistics(logits.Row(i), 1))];
        ReadOnlySpan<float> last = logits.Row(logits.Rows - 1);
        answers.Add("last_logits", last);
        answers.Add("logits_first16", last[..Math.Min(16, last.Length)]);
        answers.Add("argmax", rows[^1].ArgMax);
        answers.Add("argmax_per_position", rows.Select(row => row.ArgMax));
        answers.Add<double>("lse_per_position", rows.Select(row => row.LogSumExp).ToArray());
        answers.Add<double>("entropy_per_position", rows.Select(row => row.Entropy).ToArray());
        answers.Add("mean_nll", MeanNll(logits, tokens, 1));
        foreach (double t in Temperatures)
        {
            string at = t.ToString("0.0###", CultureInfo.InvariantCulture);
            SoftmaxStatistics row = TemperedSoftmax.Statistics(last, (float)t);
            answers.Add($"entropy@{at}", row.Entropy);
            answers.Add($"max_prob@{at}", row.MaxProbability);
            answers.Add($"lse@{at}", row.LogSumExp);
            answers.Add($"mean_nll@{at}", MeanNll(logits, tokens, t));
        }
    }

    private static double MeanNll(MatrixView<float> logits, int[] tokens, double temperature)
    {
        double sum = 0;
        for (int i = 1; i < tokens.Length; i++)
            sum += TemperedSoftmax.Statistics(logits.Row(i - 1), (float)temperature).LogSumExp - (logits[i - 1, tokens[i]] / temperature);
        return sum / (tokens.Length - 1);
    }

    private static void AddAttention(Answers answers, TransformerConfig config, AttentionVitals vitals)
    {
        var entropy = new List<double>();
        var maxLogit = new List<double>();
        var maxProbability = new List<double>();
        var keys = new List<int>();
        for (int layer = 0; layer < config.Layers; layer++)
        {
            for (int head = 0; head < config.Heads; head++)
            {
                foreach (AttentionStatistics softmax in vitals.Of(layer, head))
                {
                    entropy.Add(softmax.Entropy);
                    maxLogit.Add(softmax.MaxLogit);
                    maxProbability.Add(Math.Exp(softmax.MaxLogit - softmax.LogSumExp));
                    keys.Add(softmax.LargestKey);
                }
            }
        }

        answers.Add<double>("attention.entropy", entropy.ToArray());
        answers.Add<double>("attention.max_logit", maxLogit.ToArray());
        answers.Add<double>("attention.max_prob", maxProbability.ToArray());
        answers.Add("attention.argmax_key", keys);
    }

    private static IEnumerable<int> Continue(LanguageModel model, int[] tokens, int count)
    {
        var batch = new GenerationBatch(model, tokenizer: null);
        var request = new GenerationRequest { Prompt = tokens, Policy = new FixedTemperature(0), MostTokens = count, StopsAtEndToken = false };
        GeneratedSequence sequence = batch.Add(request);
        batch.Run();
        return sequence.Tokens.Select(token => token.Sampled.Token);
    }
}
