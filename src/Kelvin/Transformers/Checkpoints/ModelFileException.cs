using System.Globalization;
using System.Text;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Says that a file of a model cannot be used: which file, which tensor, what is wrong and what to do.</summary>
/// <remarks>The one exception of the readers of weights, configurations and tokenizers. Its message is one line, whatever names the file holds.</remarks>
/// <param name="file">Path or name of the file, or of the model's folder.</param>
/// <param name="tensor">Name of the tensor as the file spells it; null where the fault is in no tensor.</param>
/// <param name="problem">What is wrong, as a sentence.</param>
/// <param name="remedy">What to do, as a sentence.</param>
/// <param name="innerException">What the runtime said, if anything.</param>
public sealed class ModelFileException(string file, string? tensor, string problem, string remedy, Exception? innerException = null)
    : Exception($"{OneLine(file)}: {OneLine(problem)} {OneLine(remedy)}", innerException)
{
    private const int LongestLine = 600;

    /// <summary>Path or name of the file, or of the model's folder.</summary>
    public string File { get; } = file;

    /// <summary>Name of the tensor as the file spells it; null where the fault is in no tensor.</summary>
    public string? Tensor { get; } = tensor;

    /// <summary>What is wrong, as a sentence of one line.</summary>
    public string Problem { get; } = OneLine(problem);

    /// <summary>What to do, as a sentence.</summary>
    public string Remedy { get; } = OneLine(remedy);

    /// <summary>Names come from the file, so they may hold line ends, terminal codes or megabytes.</summary>
    private static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, LongestLine));
        foreach (char c in text)
        {
            if (line.Length >= LongestLine)
                return line.Append('…').ToString();
            if (char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                line.Append(c);
        }

        return line.ToString();
    }
}
