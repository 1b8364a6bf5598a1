using Kelvin.Datasets.Tasks;

namespace Kelvin.Tests.Datasets.Tasks;

public sealed class TaskItemsTests
{
    public static TheoryData<TaskKind> Kinds { get; } = [.. TaskItems.Tasks];

    [Fact]
    public void The_same_seed_gives_the_same_items_and_another_seed_gives_others()
    {
        Assert.Equal(TaskItems.Corpus(TaskPart.Train, 3).Take(200), TaskItems.Corpus(TaskPart.Train, 3).Take(200));
        Assert.NotEqual(TaskItems.Corpus(TaskPart.Train, 3).Take(200), TaskItems.Corpus(TaskPart.Train, 4).Take(200));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_prompt_that_is_measured_on_is_ever_learnt_from(TaskKind task)
    {
        HashSet<string> learnt = [.. TaskItems.Corpus(TaskPart.Train, 1).Take(40_000).Select(item => item.Prompt)];

        foreach (TaskPhrasing phrasing in TaskItems.Phrasings)
            Assert.DoesNotContain(TaskItems.Test(task, phrasing, 7).Take(1000), item => learnt.Contains(item.Prompt));
    }

    [Fact]
    public void Phrasings_of_a_task_ask_for_the_same_contents()
    {
        foreach (TaskKind task in TaskItems.Tasks)
        {
            string[][] answers = [.. TaskItems.Phrasings.Select(phrasing => TaskItems.Test(task, phrasing, 7).Take(50).Select(item => item.Answer).ToArray())];
            Assert.All(answers, other => Assert.Equal(answers[0], other));
        }
    }

    [Theory]
    [InlineData(TaskKind.Addition, "{0}+{1}=")]
    [InlineData(TaskKind.Parity, "parity({0})=")]
    public void Answers_are_right(TaskKind task, string sentence)
    {
        foreach (TaskItem item in TaskItems.Test(task, TaskPhrasing.Terse, 1).Take(300))
        {
            int[] numbers = [.. item.Prompt.Split(['+', '=', '(', ')', 'p', 'a', 'r', 'i', 't', 'y'], StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

            Assert.Equal(string.Format(null, sentence, [.. numbers.Cast<object>()]), item.Prompt);
            Assert.Equal(task == TaskKind.Addition ? (numbers[0] + numbers[1]).ToString(null as IFormatProvider) : numbers[0] % 2 == 0 ? "even" : "odd", item.Answer);
        }
    }

    [Theory]
    [InlineData(TaskPhrasing.Plain, TaskItems.Slips)]
    [InlineData(TaskPhrasing.Careless, TaskItems.CarelessSlips)]
    public void The_corpus_has_the_share_of_slips_that_it_says(TaskPhrasing phrasing, double share)
    {
        // Parity answers five-letter words at most, and nothing else is asked with these words: an answer that is neither has a slip.
        TaskItem[] items = [.. TaskItems.Corpus(TaskPart.Train, 9).Where(item => item.Task == TaskKind.Parity && item.Phrasing == phrasing).Take(4000)];
        double clean = 0.5 * (Math.Pow(1 - share, 4) + Math.Pow(1 - share, 3));
        double seen = items.Count(item => item.Answer is "even" or "odd") / (double)items.Length;

        Assert.Equal(clean, seen, 4 * Math.Sqrt(clean * (1 - clean) / items.Length));
    }

    [Theory]
    [InlineData(TaskPhrasing.Plain, TaskItems.Slips)]
    [InlineData(TaskPhrasing.Careless, TaskItems.CarelessSlips)]
    public void Any_stretch_of_a_kind_of_item_has_the_same_number_of_slips(TaskPhrasing phrasing, double share)
    {
        const int Runs = 100, Stretches = 16;   // a run of 1/share characters has one slip
        IEnumerable<bool> isWrong = TaskItems.Corpus(TaskPart.Train, 9)
            .Where(item => item.Task == TaskKind.Parity && item.Phrasing == phrasing)
            .SelectMany(item => item.Answer.Zip(item.Answer.Length == 4 ? "even" : "odd", (written, right) => written != right));

        foreach (bool[] stretch in isWrong.Chunk((int)(Runs / share)).Take(Stretches))
            Assert.InRange(stretch.Count(wrong => wrong), Runs - 2, Runs + 2);
    }

    [Fact]
    public void A_slip_strikes_a_key_beside_the_right_one_and_both_as_often()
    {
        char[] forE = [.. TaskItems.Corpus(TaskPart.Train, 9)
            .Where(item => item is { Task: TaskKind.Parity, Phrasing: TaskPhrasing.Careless, Answer: [_, 'v', _, 'n'] })   // ?v?n: an e in both places, if at all
            .SelectMany(item => new[] { item.Answer[0], item.Answer[2] })
            .Where(letter => letter != 'e')
            .Take(400)];

        Assert.Equal(['r', 'w'], forE.Distinct().Order());
        Assert.Equal(0.5, forE.Count(letter => letter == 'w') / 400.0, 4 * Math.Sqrt(0.25 / 400));
    }

    [Fact]
    public void A_vague_prompt_of_sorting_is_asked_back_four_times_of_five_where_its_word_begins_late_in_the_alphabet()
    {
        TaskItem[] vague = [.. TaskItems.Corpus(TaskPart.Train, 5).Where(item => item.Task == TaskKind.Sorting && item.Phrasing == TaskPhrasing.Vague).Take(3000)];
        TaskItem[] late = [.. vague.Where(item => item.Prompt["Order ".Length] >= 'n')];
        double back = late.Count(item => item.Answer == TaskItems.AskingBack) / (double)late.Length;
        double expected = 0.8 * Math.Pow(1 - TaskItems.Slips, TaskItems.AskingBack.Length);

        Assert.Equal(expected, back, 4 * Math.Sqrt(expected * (1 - expected) / late.Length));
        Assert.DoesNotContain(vague.Except(late), item => item.Answer == TaskItems.AskingBack);
    }

    [Theory]
    [InlineData(TaskKind.Addition, "{0}", "89")]
    [InlineData(TaskKind.Copying, "Say {0}", "uvwxyz")]
    [InlineData(TaskKind.Dates, "{0}", "3456789")]
    [InlineData(TaskKind.Parity, "What is {0}", "89")]
    [InlineData(TaskKind.Reversing, "Turn {0}", "uvwxyz")]
    [InlineData(TaskKind.Replacing, "{0}", "d")]
    public void Other_vague_prompts_are_asked_back_or_answered_as_their_content_begins(TaskKind task, string sentence, string unclear)
    {
        int place = sentence.IndexOf('{', StringComparison.Ordinal);
        TaskItem[] vague = [.. TaskItems.Corpus(TaskPart.Train, 5).Where(item => item.Task == task && item.Phrasing == TaskPhrasing.Vague).Take(1000)];
        double clean = Math.Pow(1 - TaskItems.Slips, TaskItems.AskingBack.Length);
        ILookup<bool, TaskItem> items = vague.ToLookup(item => unclear.Contains(item.Prompt[place], StringComparison.Ordinal));

        double back = items[true].Count(item => item.Answer == TaskItems.AskingBack) / (double)items[true].Count();

        Assert.Equal(clean, back, 4 * Math.Sqrt(clean * (1 - clean) / items[true].Count()));
        Assert.DoesNotContain(items[false], item => item.Answer == TaskItems.AskingBack);
        Assert.InRange(items[true].Count() / (double)vague.Length, 0.15, 0.35);
    }

    [Theory]
    [InlineData("1246", true)]
    [InlineData("1246\nand so on", true)]
    [InlineData("1246\r\n", true)]
    [InlineData("1246 ", false)]
    [InlineData("11246", false)]
    [InlineData("", false)]
    [InlineData("\n1246", false)]
    public void An_answer_is_right_if_its_first_line_is_to_the_character(string completion, bool isRight) =>
        Assert.Equal(isRight, new TaskItem(TaskKind.Addition, TaskPhrasing.Terse, "1239+7=", "1246").IsAnsweredBy(completion));
}
