using System.Text;
using CsCheck;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Tests.Transformers.Tokenizers;

public sealed class TokenTextTests
{
    [Theory]
    [InlineData("byte-level")]
    [InlineData("byte-fallback")]
    [InlineData("unigram-bytes")]
    [InlineData("split-whole-words")]
    public void Any_tokens_come_one_by_one_as_they_come_at_once(string name)
    {
        Tokenizer tokenizer = TokenizerFixtures.Load(name);
        Gen.Int[0, tokenizer.VocabularySize - 1].Array[0, 30].Sample(ids =>
        {
            TokenText stream = tokenizer.Stream();
            string text = string.Concat(ids.Select(stream.Append)) + stream.Finish();

            return text == tokenizer.Decode(ids) && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
        });
    }

    [Theory]
    [InlineData("byte-level")]
    [InlineData("byte-fallback")]
    [InlineData("split-whole-words")]
    public void Every_text_comes_back(string name)
    {
        Tokenizer tokenizer = TokenizerFixtures.Load(name);
        Gen.String[Gen.OneOf<char>(Gen.Char, Gen.OneOf(' ', 'a', '\n', '7', 'é', '東'))].Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)))
            .Sample(text => tokenizer.Decode(tokenizer.Encode(text)) == text.Replace('▁', ' '));
    }

    [Fact]
    public void The_bytes_of_a_character_are_held_back_until_it_is_whole()
    {
        Tokenizer tokenizer = TokenizerFixtures.Load("byte-fallback");
        int[] ids = tokenizer.Encode("a🙂b");
        TokenText stream = tokenizer.Stream();

        string[] parts = [.. ids.Select(stream.Append)];

        Assert.Equal(["", "", "a", "", "", "", "🙂", "b"], parts);
        Assert.Equal("", stream.Finish());
    }

    [Fact]
    public void A_character_that_never_ends_becomes_one_replacement()
    {
        Tokenizer tokenizer = TokenizerFixtures.Load("byte-fallback");

        Assert.Equal("a\ufffd", tokenizer.Decode([tokenizer.Find("a")!.Value, tokenizer.Find("<0xE2>")!.Value, tokenizer.Find("<0x82>")!.Value]));
    }
}
