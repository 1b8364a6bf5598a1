namespace Kelvin.Datasets.Tasks;

/// <summary>One question with its answer.</summary>
/// <param name="Task">What is asked for.</param>
/// <param name="Phrasing">How it is put.</param>
/// <param name="Prompt">One line, to be continued by the answer.</param>
/// <param name="Answer">One line, without its end.</param>
public sealed record TaskItem(TaskKind Task, TaskPhrasing Phrasing, string Prompt, string Answer)
{
    /// <summary>Whether the first line of a completion is the answer, to the character.</summary>
    /// <param name="completion">What a model wrote after the prompt.</param>
    public bool IsAnsweredBy(ReadOnlySpan<char> completion)
    {
        int end = completion.IndexOfAny('\r', '\n');
        return (end < 0 ? completion : completion[..end]).SequenceEqual(Answer);
    }
}
