using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kelvin.Datasets.Tasks;

/// <summary>One task: how contents are drawn, and the sentence of each phrasing.</summary>
/// <param name="Kind">Which task.</param>
/// <param name="Share">How often the corpus has it, relative to the others: hard tasks need more examples.</param>
/// <param name="Unclear">With which characters a content begins that is not plainly meant where the phrasing is vague.</param>
/// <param name="AnsweredShare">How often the corpus answers a vague prompt of such a content instead of asking back.</param>
/// <param name="Draw">Draws a content.</param>
/// <param name="Sentences">A format for each <see cref="TaskPhrasing"/>, in their order.</param>
internal sealed record TaskDefinition(TaskKind Kind, double Share, string Unclear, double AnsweredShare, Func<Random, TaskContent> Draw, params string[] Sentences)
{
    private const int Parts = 8;

    /// <summary>Draws contents until one belongs to the part.</summary>
    public TaskContent DrawFrom(TaskPart part, Random random)
    {
        while (true)
        {
            TaskContent content = Draw(random);
            if (PartOf(content) == part)
                return content;
        }
    }

    /// <summary>The prompt of a content in a phrasing.</summary>
    public string Prompt(TaskContent content, TaskPhrasing phrasing) =>
        string.Format(CultureInfo.InvariantCulture, Sentences[(int)phrasing], content.Parts);

    /// <summary>Whether a vague prompt leaves open what is wanted; decided by the content alone.</summary>
    public bool IsUnclear(TaskContent content) => Unclear.Contains(content.Parts[0][0], StringComparison.Ordinal);

    /// <summary>Decided by the content alone: no draw can move it to the other part.</summary>
    private TaskPart PartOf(TaskContent content)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Kind} {string.Join(' ', content.Parts)}"));
        return hash[0] % Parts == 0 ? TaskPart.HeldOut : TaskPart.Train;
    }
}
