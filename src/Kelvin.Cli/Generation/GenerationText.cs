using System.Globalization;
using Kelvin.Cli.Frame;
using Kelvin.Transformers.Decoding;
using Kelvin.Transformers.Generation;

namespace Kelvin.Cli.Generation;

/// <summary>Prints what was generated: the texts, what they say together, and the vitals of each token.</summary>
internal static class GenerationText
{
    private const int FirstTokens = 16;
    private const int FirstAnswers = 8;
    private const int LongestToken = 12;

    /// <summary>Prints.</summary>
    /// <param name="host">Where to.</param>
    /// <param name="result">What was generated.</param>
    /// <param name="isShown">Whether prompt and text stand on the screen already, without a line end.</param>
    /// <param name="showsAll">Whether every token and answer is shown.</param>
    public static void Write(CliHost host, GenerationResult result, bool isShown, bool showsAll)
    {
        if (isShown)
            host.Output.WriteLine();
        else
            WriteAnswers(host, result, showsAll ? int.MaxValue : FirstAnswers);
        host.Output.WriteLine();
        host.Write(GenerationWords.Headline(result));
        if (GenerationWords.Target(result) is { } target)
            host.Write(target);
        string end = result.Sequences.Count == 1 ? $"{GenerationWords.End(result.Sequences[0])} " : "";
        host.Write($"{end}{GenerationWords.Speed(result)}");
        WriteComparison(host, result.Comparison);
        WriteTokens(host, result, showsAll ? int.MaxValue : FirstTokens);
    }

    private static void WriteAnswers(CliHost host, GenerationResult result, int most)
    {
        for (int i = 0; i < Math.Min(most, result.Sequences.Count); i++)
        {
            GeneratedSequence sequence = result.Sequences[i];
            string text = result.Plan.Model.Tokenizer is null ? $" → [{string.Join(", ", sequence.Tokens.Select(token => token.Sampled.Token))}]" : sequence.Text;
            if (result.Sequences.Count > 1)
                host.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"── {i + 1} of {result.Sequences.Count}, seed {sequence.Request.Sampling.Seed}"));
            host.Output.WriteLine(result.PromptOf(i).Text + text);
        }

        if (result.Sequences.Count > most)
            host.Write(string.Create(CultureInfo.InvariantCulture, $"… and {result.Sequences.Count - most} more answers; --vitals and --json show all."));
    }

    private static void WriteComparison(CliHost host, IReadOnlyList<ComparedPolicy> policies)
    {
        if (policies.Count == 0)
            return;
        host.Output.WriteLine();
        var table = new TextTable("policy", "H", "sd of H", "NLL", "± 95 %", "repeats");
        foreach (ComparedPolicy policy in policies)
        {
            table.Add(
                policy.Words,
                Number(policy.Quality.ScaledEntropy),
                Number(policy.Quality.ScaledEntropyDeviation),
                Number(policy.Quality.NegativeLogLikelihood),
                Number(policy.LikelihoodInterval.Width / 2),
                Share(policy.Quality.Repetition));
        }

        table.Write(host);
        host.Write("H: entropy drawn from, in nats, its mean and deviation over tokens. NLL: nats a token under the model. repeats: runs of four tokens that had come before.");
    }

    private static void WriteTokens(CliHost host, GenerationResult result, int most)
    {
        IReadOnlyList<GeneratedToken> tokens = result.Sequences[0].Tokens;
        if (tokens.Count == 0)
            return;
        host.Output.WriteLine();
        if (result.Sequences.Count > 1)
            host.Write("Tokens of the first answer:");
        var table = new TextTable("token", "T", "p", "H", "p raw", "H raw", "instead");
        foreach (GeneratedToken token in tokens.Take(most))
        {
            SampledToken row = token.Sampled;
            table.Add(
                Cut(Name(result, row.Token)),
                Temperature(row.Choice),
                Number(Math.Exp(row.ScaledLogProbability)),
                Number(row.ScaledEntropy),
                Number(Math.Exp(row.RawLogProbability)),
                Number(row.Raw.Entropy),
                Instead(result, token));
        }

        table.Write(host);
        host.Write("p, H: of the distribution drawn from; raw: of the model's own softmax at T = 1; instead: the most probable other tokens. Entropies in nats."
            + (tokens.Any(token => !token.Sampled.Choice.IsReached) ? " !: the target is out of reach here." : ""));
        if (tokens.Count > most)
            host.Write(string.Create(CultureInfo.InvariantCulture, $"… and {tokens.Count - most} more tokens; --vitals, --html and --json show all."));
    }

    private static string Instead(GenerationResult result, GeneratedToken token) => string.Join(
        " ",
        token.Alternatives.Where(other => other.Token != token.Sampled.Token).Take(2)
            .Select(other => $"{Cut(Name(result, other.Token))} {Math.Exp(other.RawLogProbability).ToString("0.00", CultureInfo.InvariantCulture)}"));

    /// <summary>A token as text, or as the vocabulary spells it where it is no text of its own.</summary>
    private static string Name(GenerationResult result, int token)
    {
        if (result.Plan.Model.Tokenizer is not { } tokenizer || token >= tokenizer.VocabularySize)
            return token.ToString(CultureInfo.InvariantCulture);
        string text = tokenizer.Decode([token]);
        if (tokenizer.Token(token)[0] is '▁' or 'Ġ' && !text.StartsWith(' '))
            text = ' ' + text;   // what begins a text loses its blank, but a token within one has it
        return text.Length == 0 || text.Contains('\ufffd', StringComparison.Ordinal) ? tokenizer.Token(token) : GenerationWords.Quoted(text);
    }

    private static string Temperature(TemperatureChoice choice) =>
        (double.IsInfinity(choice.Temperature) ? "∞" : choice.Temperature.ToString("0.00", CultureInfo.InvariantCulture)) + (choice.IsReached ? "" : "!");

    private static string Cut(string text) => text.Length <= LongestToken ? text : $"{text[..(LongestToken - 1)]}…";

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Share(double value) => double.IsNaN(value) ? "–" : value.ToString("P1", CultureInfo.InvariantCulture);
}
