using Kelvin.Cli.Models;
using Kelvin.Datasets.Tasks;
using Kelvin.Linear;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Decoding;
using Kelvin.Transformers.Generation;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Cli.Demo;

/// <summary>Asks the built-in model held-out questions at several temperatures and at a held entropy, and looks at its heads.</summary>
/// <param name="plan">How many questions, and the seed.</param>
/// <param name="threads">Threads of the model.</param>
internal sealed class AnswerExperiment(DemoPlan plan, int threads)
{
    private const int LongestAnswer = 24;

    private static readonly TaskPhrasing[] Phrasings = [TaskPhrasing.Plain, TaskPhrasing.Careless, TaskPhrasing.Vague];

    private readonly LanguageModel _model = Load();
    private readonly Tokenizer _tokenizer = TokenizerFile.Load(Path.Combine(BuiltInModels.FolderOf(BuiltInModels.Tiny), TokenizerFile.FileName));

    /// <summary>The fixed temperatures.</summary>
    public static IReadOnlyList<double> Temperatures { get; } = [0.5, 1, 1.5];

    /// <summary>What a fixed temperature is called.</summary>
    public static string Words(double temperature) => DemoWords.Text($"T = {temperature:0.0}");

    /// <summary>Measures.</summary>
    /// <param name="done">Told what a policy came to.</param>
    /// <param name="cancellationToken">Looked at between tokens.</param>
    public AnswerRun Run(Action<AnswerPolicy> done, CancellationToken cancellationToken)
    {
        TaskItem[] items =
        [
            .. from task in TaskItems.Tasks
               from phrasing in Phrasings
               from item in TaskItems.Test(task, phrasing, plan.Seed).Take(plan.Questions)
               select item,
        ];
        var policies = new List<AnswerPolicy>();
        (TaskItem Item, GeneratedSequence Answer) shown = default;
        foreach (double temperature in Temperatures)
        {
            GeneratedSequence[] answers = Ask(items, () => new FixedTemperature(temperature), cancellationToken);
            policies.Add(Judge(Words(temperature), items, answers));
            if (temperature == 1)
                shown = items.Zip(answers).Where(pair => pair.First.Phrasing == TaskPhrasing.Vague).MaxBy(pair => pair.Second.Tokens[0].Sampled.Raw.Entropy);
            done(policies[^1]);
        }

        double target = policies[1].Quality.ScaledEntropy;
        AnswerPolicy held = Judge(DemoWords.Text($"entropy {target:0.00} nat"), items, Ask(items, () => new TargetEntropyTemperature(target), cancellationToken));
        done(held);
        return new AnswerRun(items, policies, held, target, Heads(items), shown);
    }

    private static LanguageModel Load()
    {
        using TransformerCheckpoint checkpoint = TransformerCheckpoint.Open(BuiltInModels.FolderOf(BuiltInModels.Tiny));
        return LanguageModel.Load(checkpoint);
    }

    private GeneratedSequence[] Ask(TaskItem[] items, Func<ITemperaturePolicy> policy, CancellationToken cancellationToken)
    {
        var batch = new GenerationBatch(_model, _tokenizer, threads);
        GeneratedSequence[] answers =
        [
            .. items.Select((item, i) => batch.Add(new GenerationRequest
            {
                Prompt = _tokenizer.Encode(item.Prompt),
                Policy = policy(),
                Sampling = new SamplingOptions { Seed = unchecked(plan.Seed + i) & int.MaxValue },
                MostTokens = LongestAnswer,
            })),
        ];
        batch.Run(cancellationToken);
        return answers;
    }

    private static AnswerPolicy Judge(string words, TaskItem[] items, GeneratedSequence[] answers) => new(
        words,
        [.. items.Zip(answers).Select(pair => pair.Second.Finish == FinishReason.EndToken && pair.First.IsAnsweredBy(pair.Second.Text))],
        GenerationQuality.Of(answers));

    private IReadOnlyList<IReadOnlyList<AnswerHead>> Heads(TaskItem[] items)
    {
        TransformerConfig config = _model.Config;
        var sums = new (double Entropy, double MaxLogit)[config.Layers, config.Heads];
        var pass = new InferencePass(_model, threads);
        MatrixView<float> logits = MatrixView.Allocate<float>(1, config.VocabularySize);
        var vitals = new AttentionVitals(config);
        foreach (TaskItem item in items)
        {
            pass.Forward(new SequenceChunk(new KeyValueCache(config), _tokenizer.Encode(item.Prompt + item.Answer), vitals), LogitRows.Last, logits);
            for (int layer = 0; layer < config.Layers; layer++)
            {
                for (int head = 0; head < config.Heads; head++)
                {
                    var one = vitals.Head(layer, head);
                    sums[layer, head] = (sums[layer, head].Entropy + (one.NormalizedEntropy / items.Length), Math.Max(sums[layer, head].MaxLogit, one.MaxLogit));
                }
            }
        }

        return [.. Enumerable.Range(0, config.Layers).Select(layer => (AnswerHead[])[.. Enumerable.Range(0, config.Heads).Select(head => new AnswerHead(sums[layer, head].Entropy, sums[layer, head].MaxLogit))])];
    }
}
