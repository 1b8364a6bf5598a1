using System.Globalization;
using Kelvin.Cli.Training.Language.Config;
using Kelvin.Datasets.Tasks;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Tokenizers;
using Kelvin.Transformers.Training;

namespace Kelvin.Cli.Training.Language;

/// <summary>Measures a model on the built-in tasks: task by phrasing by temperature.</summary>
/// <remarks>
/// A cell is the mean over its items of the exact probability that a sample is the answer to the character; so it has no noise of sampling. All phrasings
/// of a task see the same contents, and every model sees the same items.
/// </remarks>
internal static class AccuracyTable
{
    private const int TestSeed = 7;

    /// <summary>Measures every cell.</summary>
    public static IReadOnlyList<AccuracyCell> Measure(
        LanguageModel model, Tokenizer tokenizer, int end, EvaluationConfig evaluation, int threads, CancellationToken cancellationToken)
    {
        var answers = new AnswerProbability(model, evaluation.Temperatures, threads);
        List<AccuracyCell> cells = [];
        foreach (TaskKind task in TaskItems.Tasks)
        {
            foreach (TaskPhrasing phrasing in TaskItems.Phrasings)
            {
                cancellationToken.ThrowIfCancellationRequested();
                AnswerTokens[] pairs = [.. TaskItems.Test(task, phrasing, TestSeed).Take(evaluation.Items).Select(Tokens)];
                double[,] probabilities = answers.Measure(pairs);
                for (int t = 0; t < evaluation.Temperatures.Count; t++)
                    cells.Add(new AccuracyCell(task, phrasing, evaluation.Temperatures[t], pairs.Length, Mean(probabilities, t)));
            }
        }

        return cells;

        AnswerTokens Tokens(TaskItem item)
        {
            int[] answer = [.. tokenizer.Encode(item.Answer, addsSpecial: false), end];
            return new AnswerTokens(tokenizer.Encode(item.Prompt), answer);
        }
    }

    /// <summary>Writes a table as CSV.</summary>
    public static string Csv(IEnumerable<AccuracyCell> cells) => string.Concat(cells
        .Select(cell => string.Create(
            CultureInfo.InvariantCulture, $"{Name(cell.Task)},{Name(cell.Phrasing)},{cell.Temperature},{cell.Items},{cell.Accuracy:0.0000}\n"))
        .Prepend("task,phrasing,temperature,items,accuracy\n"));

    /// <summary>How a task or a phrasing is written.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static double Mean(double[,] probabilities, int column)
    {
        double sum = 0;
        for (int i = 0; i < probabilities.GetLength(0); i++)
            sum += probabilities[i, column];
        return sum / probabilities.GetLength(0);
    }
}
