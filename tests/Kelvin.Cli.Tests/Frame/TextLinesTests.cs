using CsCheck;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Frame;

public class TextLinesTests
{
    private static readonly string[] Words = ["a", "word", "95", "%", "×", "T", "=", "0.25", "  ", "x\u0302", "(12", "%).", "seventeenletters.", "\n", "  indented"];
    private static readonly Gen<string> Texts = Gen.Int[0, Words.Length - 1].Array[0, 40].Select(words => string.Join(' ', words.Select(word => Words[word])));

    [Theory]
    [InlineData("it is right on 95 % of them", 17, "it is right on|95 % of them")]
    [InlineData("it holds at (T = 0.25), no more", 16, "it holds at|(T = 0.25), no|more")]
    [InlineData("within 60 s, or so", 10, "within|60 s, or|so")]
    [InlineData("copies: 4 [1, 9] %", 15, "copies: 4 [1,|9] %")]
    [InlineData("the s of the sign %", 10, "the s of|the sign %")]
    public void A_number_keeps_its_unit_and_a_relation_its_sides(string text, int width, string lines) =>
        Assert.Equal(lines, string.Join('|', TextLines.Of(text, width)));

    [Fact]
    public void Further_lines_begin_where_the_first_one_does() =>
        Assert.Equal("  one two|  three|four", string.Join('|', TextLines.Of("  one two three\nfour", 9)));

    [Fact]
    public void Breaks_in_the_text_and_blanks_within_a_line_stay() =>
        Assert.Equal("|a  b||c|", string.Join('|', TextLines.Of("\na  b \n\nc\n", 80)));

    [Fact]
    public void A_word_longer_than_the_line_is_cut() =>
        Assert.Equal("a|/very/lon|g/path b", string.Join('|', TextLines.Of("a /very/long/path b", 9)));

    [Fact]
    public void No_line_is_too_long_and_nothing_is_lost() => Gen.Select(Texts, Gen.Int[1, 30]).Sample((text, width) =>
    {
        string[] lines = [.. TextLines.Of(text, width)];

        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
        Assert.Equal(string.Concat(text.Split([' ', '\n'])), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
    });
}
