using CsCheck;
using Kelvin.Datasets;

namespace Kelvin.Tests.Datasets;

public sealed class HashedNgramsTests
{
    private static readonly string[] Words = ["free", "money", "meeting", "at", "10"];

    [Fact]
    public void A_text_becomes_a_row_of_length_one() =>
        Gen.Select(Gen.String[1, 200], Gen.Int[1, 300], Gen.Int[1, 4]).Sample((text, dimensions, longest) =>
        {
            double[] row = Row(new HashedNgrams(dimensions, longest), text);

            double length = row.Sum(x => x * x);
            Assert.True(Math.Abs(length - 1) < 1e-12 || row.All(x => x == 0), text);
        });

    [Fact]
    public void Words_alone_are_a_bag_whatever_their_order() =>
        Gen.Int[0, Words.Length - 1].Select(i => Words[i]).Array[1, 30].Sample(words =>
        {
            var ngrams = new HashedNgrams(512, longest: 1);

            Assert.Equal(Row(ngrams, string.Join(' ', words)), Row(ngrams, string.Join("\n ", Enumerable.Reverse(words))));
        });

    [Fact]
    public void A_word_that_comes_c_times_counts_for_1_plus_log_c()
    {
        var ngrams = new HashedNgrams(4096, longest: 1);
        double[] one = Row(ngrams, "spam");
        double[] other = Row(ngrams, "ham");
        double[] both = Row(ngrams, "spam spam spam ham");

        double ratio = both.Zip(one).Sum(pair => pair.First * pair.Second) / both.Zip(other).Sum(pair => pair.First * pair.Second);
        Assert.Equal(1 + Math.Log(3), ratio, 1e-12);
    }

    [Fact]
    public void Pairs_tell_the_order_and_case_tells_the_word()
    {
        var pairs = new HashedNgrams(4096, longest: 2);

        Assert.NotEqual(Row(pairs, "not good but bad"), Row(pairs, "not bad but good"));
        Assert.NotEqual(Row(pairs, "FREE"), Row(pairs, "free"));
        Assert.Equal(1.0, Row(pairs, "word").Sum(Math.Abs), 1e-12);   // one word has no pair
    }

    [Fact]
    public void Words_beyond_the_last_one_read_change_nothing() =>
        Assert.Equal(Row(new HashedNgrams(256, mostWords: 3), "a b c"), Row(new HashedNgrams(256, mostWords: 3), "a b c d e"));

    [Fact]
    public void The_places_are_the_same_on_every_machine()
    {
        double[] row = Row(new HashedNgrams(1000, longest: 2), "Make money fast! é");

        Golden.Matches(string.Join('\n', row.Index().Where(one => one.Item != 0).Select(one => FormattableString.Invariant($"{one.Index} {one.Item:F12}"))), "hashed-ngrams");
    }

    [Fact]
    public void What_makes_no_row_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new HashedNgrams(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HashedNgrams(10, longest: 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HashedNgrams(10, mostWords: 0));
        Assert.Throws<ArgumentException>(() => new HashedNgrams(10).Apply("a", new double[9]));
    }

    private static double[] Row(HashedNgrams ngrams, string text)
    {
        double[] row = new double[ngrams.Dimensions];
        ngrams.Apply(text, row);
        return row;
    }
}
