using Kelvin.Transformers.Training;

namespace Kelvin.Tests.Transformers.Training;

public sealed class AnswerSetsTests
{
    [Fact]
    public void Only_the_answer_is_scored_and_short_pairs_are_filled_up()
    {
        TokenSet set = AnswerSets.Of([Pair("567", "81"), Pair("5", "1")], filler: 1);
        int[] tokens = new int[4], labels = new int[4];

        set.Copy(0, 0, tokens, labels);
        Assert.Equal([5, 6, 7, 8], tokens);
        Assert.Equal([-1, -1, 8, 1], labels);
        set.Copy(1, 0, tokens, labels);
        Assert.Equal([5, 1, 1, 1], tokens);
        Assert.Equal([1, -1, -1, -1], labels);
    }

    [Fact]
    public void No_pairs_an_empty_one_and_one_that_is_too_long_are_refused()
    {
        Assert.Throws<ArgumentException>(() => AnswerSets.Of([], 0));
        Assert.Throws<ArgumentException>(() => AnswerSets.Of([Pair("1", "")], 0));
        Assert.Throws<ArgumentException>(() => AnswerSets.Of([Pair("12", "34")], 0, length: 2));
    }

    /// <summary>A digit a token.</summary>
    private static AnswerTokens Pair(string prompt, string answer) =>
        new(prompt.Select(digit => digit - '0').ToArray(), answer.Select(digit => digit - '0').ToArray());
}
