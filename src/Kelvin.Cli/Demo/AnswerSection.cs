using Kelvin.Datasets.Tasks;
using Kelvin.Reports;
using Kelvin.Reports.Charts;
using Kelvin.Statistics;
using Kelvin.Transformers.Generation;

namespace Kelvin.Cli.Demo;

/// <summary>The report's chapter about the built-in language model: right answers by temperature, one answer token by token, its heads.</summary>
internal static class AnswerSection
{
    public const string Title = "A language model's temperature";

    public static Section Of(DemoResult result) => new(
        Title,
        [
            Accuracies(result.Answers),
            Strip(result.Answers),
            Heads(result.Answers),
            Table(result.Answers),
            new CommandLine("kelvin generate --model kelvin-tiny --prompt \"sort(kelvin)=\" --target-entropy 0.5 --compare") { Caption = "Ask the model yourself, and hold its entropy" },
        ])
    {
        Lead = DemoWords.Text($"Kelvin brings a model of half a million weights that answers small tasks. It gets {result.Answers.Items.Count} questions that its training never saw, put plainly, carelessly and vaguely, at three temperatures and at one entropy for every token."),
    };

    private static BarChart Accuracies(AnswerRun run) => new()
    {
        Title = "Right answers by phrasing",
        Caption = "A careless question makes the model unsure, and there a temperature does most; a vague one it often asks back. Bars are 95 % intervals.",
        CategoryName = "Phrasing",
        Categories = [.. Phrasings(run).Select(Name)],
        Value = new Axis("Right answers") { Form = NumberForm.Percent },
        Series = [.. Policies(run).Select(policy => Bars(run, policy))],
    };

    private static BarSeries Bars(AnswerRun run, AnswerPolicy policy)
    {
        (int Right, int All)[] counts = [.. Phrasings(run).Select(phrasing => Count(run, policy, phrasing))];
        Interval[] intervals = [.. counts.Select(count => ProportionInterval.Wilson(count.Right, count.All))];
        return new BarSeries(policy.Words, [.. counts.Select(count => (double)count.Right / count.All)])
        {
            Low = [.. intervals.Select(interval => interval.Low)],
            High = [.. intervals.Select(interval => interval.High)],
        };
    }

    private static TokenStrip Strip(AnswerRun run) => new(
        "The vague question that opened least surely, at T = 1; darker where the model was less sure",
        [new TokenMark(run.Shown.Item.Prompt, double.NaN, "prompt"), .. run.Shown.Answer.Tokens.Select(Mark)])
    {
        ValueName = "entropy (nat)",
        Caption = DemoWords.Text($"Wanted was \"{run.Shown.Item.Answer}\". The corpus asks back or answers where a question is vague, so the first token decides. A dot is the end of the text."),
    };

    private static TokenMark Mark(GeneratedToken token) => new(
        token.Text,
        token.Sampled.Raw.Entropy,
        DemoWords.Text($"p {Math.Exp(token.Sampled.RawLogProbability):0.000}, entropy {token.Sampled.Raw.Entropy:0.00} nat"));

    private static HeatmapChart Heads(AnswerRun run) => new()
    {
        Title = "Entropy of every attention head",
        Caption = DemoWords.Text($"Mean of H/log k over all questions: 0 looks at one key, 1 at all alike. The largest scaled score of any head is {run.Heads.SelectMany(layer => layer).Max(head => head.MaxLogit):0.0}; float16 overflows at 65504."),
        ColumnName = "Head",
        Columns = [.. Enumerable.Range(0, run.Heads[0].Count).Select(head => DemoWords.Text($"{head}"))],
        RowName = "Layer",
        Rows = [.. Enumerable.Range(0, run.Heads.Count).Select(layer => DemoWords.Text($"{layer}"))],
        Value = new Axis("H/log k"),
        Values = [.. run.Heads.Select(layer => (double[])[.. layer.Select(head => head.Entropy)])],
    };

    private static DataTable Table(AnswerRun run) => new(
        "Policies",
        ["Policy", "Right answers", "Mean entropy (nat)", "its deviation", "NLL a token (nat)", "Out of reach"],
        [.. Policies(run).Select(Row)])
    {
        Caption = "Out of reach: tokens that can have no such entropy. NLL: under the model itself.",
    };

    private static Cell[] Row(AnswerPolicy policy)
    {
        Interval interval = policy.AccuracyInterval;
        return
        [
            policy.Words,
            Cell.Interval(policy.Accuracy, interval.Low, interval.High, NumberForm.Percent),
            policy.Quality.ScaledEntropy,
            policy.Quality.ScaledEntropyDeviation,
            policy.Quality.NegativeLogLikelihood,
            (double)policy.Quality.Unreachable,
        ];
    }

    private static IEnumerable<AnswerPolicy> Policies(AnswerRun run) => [.. run.Fixed, run.Held];

    private static IEnumerable<TaskPhrasing> Phrasings(AnswerRun run) => run.Items.Select(item => item.Phrasing).Distinct();

    private static string Name(TaskPhrasing phrasing) => phrasing.ToString().ToLowerInvariant();

    private static (int Right, int All) Count(AnswerRun run, AnswerPolicy policy, TaskPhrasing phrasing)
    {
        int[] places = [.. Enumerable.Range(0, run.Items.Count).Where(i => run.Items[i].Phrasing == phrasing)];
        return (places.Count(i => policy.IsRight[i]), places.Length);
    }
}
