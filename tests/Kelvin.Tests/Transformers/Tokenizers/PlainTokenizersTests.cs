using System.Text;
using CsCheck;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Tests.Transformers.Tokenizers;

public sealed class PlainTokenizersTests
{
    [Fact]
    public void A_token_for_each_byte_spells_every_text()
    {
        Tokenizer tokenizer = TokenizerFile.Parse(PlainTokenizers.Bytes("<end>"), "bytes");

        Assert.Equal(257, tokenizer.VocabularySize);
        Gen.String.Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))).Sample(text =>
        {
            int[] ids = tokenizer.Encode(text);
            return tokenizer.Decode(ids) == text && ids.Select(id => (byte)(id - 1)).SequenceEqual(Encoding.UTF8.GetBytes(text));
        });
    }

    [Fact]
    public void A_token_for_each_character_follows_the_special_ones()
    {
        Tokenizer tokenizer = TokenizerFile.Parse(PlainTokenizers.Characters("0123456789+= 🙂\n", "<begin>", "<end>"), "characters");

        Assert.Equal([0, 3, 12, 4, 13, 5, 14, 15, 16, 1], tokenizer.Encode("<begin>1+2=3 🙂\n<end>"));
        Assert.Equal("1+2=3 🙂\n", tokenizer.Decode([0, 3, 12, 4, 13, 5, 14, 15, 16, 1]));
        Assert.True(tokenizer.IsSpecial(1));
    }

    [Theory]
    [InlineData("aa", "<end>")]
    [InlineData("ab", "a")]
    [InlineData("ab", "")]
    public void A_token_that_comes_twice_or_is_empty_is_refused(string alphabet, string special) =>
        Assert.Throws<ArgumentException>(() => PlainTokenizers.Characters(alphabet, special));
}
