using MathNet.Numerics.Random;

namespace Kelvin.Datasets.Tasks;

/// <summary>Makes questions and answers without end: a corpus as people write it, or test items of one kind.</summary>
/// <remarks>Same arguments, same items. An item of <see cref="TaskPart.Train"/> and one of <see cref="TaskPart.HeldOut"/> never share their content.</remarks>
public static class TaskItems
{
    /// <summary>Share of the characters of a corpus's answers that are slips of the pen: instead of the right key one beside it was struck.</summary>
    public const double Slips = 0.01;

    /// <summary>The same where the phrasing is careless.</summary>
    public const double CarelessSlips = 0.06;

    /// <summary>What the corpus says to a vague prompt where it does not answer.</summary>
    public const string AskingBack = "what?";

    /// <summary>How often each phrasing occurs in the corpus, in the order of <see cref="TaskPhrasing"/>.</summary>
    private static readonly double[] Shares = [0.24, 0.28, 0.14, 0.17, 0.17];

    private static readonly double[] TaskShares = [.. TaskDefinitions.All.Select(task => task.Share)];

    /// <summary>The kinds of tasks.</summary>
    public static IReadOnlyList<TaskKind> Tasks { get; } = Enum.GetValues<TaskKind>();

    /// <summary>The phrasings that each task has.</summary>
    public static IReadOnlyList<TaskPhrasing> Phrasings { get; } = Enum.GetValues<TaskPhrasing>();

    /// <summary>Draws items as they stand in a corpus: of all kinds, with slips, and with questions back where it is vague.</summary>
    /// <remarks>
    /// Slips are a stratified sample: of the characters that a task's answers in one phrasing have, one in each run of 1/share is a slip, at a place
    /// drawn evenly. So any stretch of the corpus shows the share far more exactly than independent draws would.
    /// </remarks>
    /// <param name="part">Which contents.</param>
    /// <param name="seed">Same seed, same items.</param>
    public static IEnumerable<TaskItem> Corpus(TaskPart part, int seed)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        SlipSample[][] slips = [.. TaskDefinitions.All.Select(_ => Phrasings
            .Select(phrasing => new SlipSample(phrasing == TaskPhrasing.Careless ? CarelessSlips : Slips, random)).ToArray())];
        while (true)
        {
            TaskDefinition task = TaskDefinitions.All[DrawOf(TaskShares, random)];
            var phrasing = (TaskPhrasing)DrawOf(Shares, random);
            TaskContent content = task.DrawFrom(part, random);
            bool asksBack = phrasing == TaskPhrasing.Vague && task.IsUnclear(content) && random.NextDouble() >= task.AnsweredShare;
            string meant = asksBack ? AskingBack : content.Answer;
            yield return new TaskItem(task.Kind, phrasing, task.Prompt(content, phrasing), slips[(int)task.Kind][(int)phrasing].Write(meant));
        }
    }

    /// <summary>Draws held-out items of one task in one phrasing, with the answers that are wanted.</summary>
    /// <param name="task">What is asked for.</param>
    /// <param name="phrasing">How it is put.</param>
    /// <param name="seed">Same seed, same items; the same contents for every phrasing.</param>
    public static IEnumerable<TaskItem> Test(TaskKind task, TaskPhrasing phrasing, int seed)
    {
        TaskDefinition definition = TaskDefinitions.All[(int)task];
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        while (true)
        {
            TaskContent content = definition.DrawFrom(TaskPart.HeldOut, random);
            yield return new TaskItem(task, phrasing, definition.Prompt(content, phrasing), content.Answer);
        }
    }

    /// <summary>The place of one of several shares, drawn in proportion.</summary>
    private static int DrawOf(double[] shares, Xoshiro256StarStar random)
    {
        double u = random.NextDouble();
        int place = 0;
        while (place < shares.Length - 1 && u >= shares[place])
            u -= shares[place++];
        return place;
    }
}
