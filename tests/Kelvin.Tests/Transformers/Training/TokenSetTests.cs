using Kelvin.Transformers.Training;

namespace Kelvin.Tests.Transformers.Training;

public sealed class TokenSetTests
{
    [Fact]
    public void A_text_is_cut_end_to_end_and_every_label_is_the_next_token()
    {
        int[] text = [.. Enumerable.Range(0, 50)];
        TokenSet set = TokenSet.OfText(text, 6);
        int[] tokens = new int[6], labels = new int[6];

        for (int shift = -3; shift < 20; shift++)
        {
            for (int index = 0; index < set.Count; index++)
            {
                set.Copy(index, shift, tokens, labels);
                Assert.Equal(Enumerable.Range(tokens[0], 6), tokens);
                Assert.Equal(Enumerable.Range(tokens[0] + 1, 6), labels);
            }
        }

        set.Copy(set.Count - 1, 5, tokens, labels);
        Assert.Equal(7, set.Count);
        Assert.InRange(labels[5], 40, 49);
    }

    [Fact]
    public void The_shortest_text_is_one_sequence()
    {
        TokenSet set = TokenSet.OfText(Tokens(4, 5, 6), 2);
        int[] tokens = new int[2], labels = new int[2];

        set.Copy(0, 17, tokens, labels);

        Assert.Equal([4, 5], tokens);
        Assert.Equal([5, 6], labels);
    }

    [Fact]
    public void An_epoch_shows_every_sequence_once_and_each_epoch_in_its_own_order()
    {
        int[] tokens = [.. Enumerable.Range(0, 24)];
        var batches = new TokenBatches(TokenSet.OfSequences(tokens, tokens, 2), 3, seed: 1);
        int[][] epochs = new int[2][];
        for (int epoch = 0; epoch < 2; epoch++)
        {
            var seen = new List<int>();
            for (int step = 0; step < batches.StepsPerEpoch; step++)
            {
                batches.Load((epoch * batches.StepsPerEpoch) + step);
                seen.AddRange(batches.Tokens.ToArray());
                Assert.Equal(6, batches.Scored);
            }

            epochs[epoch] = [.. seen];
            Assert.Equal(tokens, seen.Order());
        }

        Assert.NotEqual(epochs[0], epochs[1]);
    }

    [Fact]
    public void What_stands_behind_the_last_label_is_not_read()
    {
        TokenSet set = TokenSet.OfSequences(Tokens(1, 2, 9, 3, 9, 9, 5, 6, 7), Tokens(-1, 8, -1, 8, -1, -1, 8, -1, 8), 3);
        var batches = new TokenBatches(set, 3, seed: 1);

        batches.Load(0);

        int[][] seen = [.. Enumerable.Range(0, 3).Select(i => batches.Tokens[batches.Starts.Span[i]..batches.Starts.Span[i + 1]].ToArray())];
        Assert.Equal([[1, 2], [3], [5, 6, 7]], seen.OrderBy(tokens => tokens[0]));
        Assert.Equal(4, batches.Scored);
        Assert.Equal(6, batches.Labels.Length);
    }

    [Fact]
    public void Sequences_without_a_label_and_odd_ends_are_refused()
    {
        Assert.Contains("Sequence 1 has no label", Assert.Throws<ArgumentException>(() => TokenSet.OfSequences(Tokens(1, 2, 3, 4), Tokens(1, -1, -1, -1), 2)).Message, StringComparison.Ordinal);
        Assert.Contains("There are 3 tokens", Assert.Throws<ArgumentException>(() => TokenSet.OfSequences(Tokens(1, 2, 3), Tokens(1, 2, 3), 2)).Message, StringComparison.Ordinal);
        Assert.Contains("The text has 2 tokens", Assert.Throws<ArgumentException>(() => TokenSet.OfText(Tokens(1, 2), 2)).Message, StringComparison.Ordinal);
        Assert.Contains("-1", Assert.Throws<ArgumentException>(() => TokenSet.OfText(Tokens(1, -1, 3), 2)).Message, StringComparison.Ordinal);
    }

    private static ReadOnlyMemory<int> Tokens(params int[] tokens) => tokens;
}
