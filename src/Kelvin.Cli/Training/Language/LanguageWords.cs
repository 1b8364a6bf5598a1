using System.Globalization;
using Kelvin.Networks;

namespace Kelvin.Cli.Training.Language;

/// <summary>Says in plain sentences how the training of a transformer ended.</summary>
internal static class LanguageWords
{
    /// <summary>The answer in one sentence.</summary>
    public static string Headline(IReadOnlyList<LanguageResult> results)
    {
        int lost = results.Count(result => result.Training.Status == TrainingStatus.Diverged);
        if (lost > 0)
            return string.Create(CultureInfo.InvariantCulture, $"{lost} of {results.Count} runs became non-finite and were stopped before the update.");

        double loss = results.Average(result => result.Validation.Loss);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The model predicts {results.Average(result => result.Validation.Accuracy) * 100:0.0} % of the validation tokens; loss {loss:0.000} nat a token (perplexity {Math.Exp(loss):0.00}).");
    }
}
