using System.Text.Json.Nodes;
using CsCheck;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Tests.Transformers.Tokenizers;

public sealed class TokenizerFaultTests
{
    [Theory]
    [InlineData("model", """{"type":"WordPiece","vocab":{}}""", "nsupported tokenizer model WordPiece")]
    [InlineData("model", """{"vocab":{}}""", "nsupported tokenizer model without a type")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0},"merges":["a b"]}""", "joins a and b in entry 0")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0},"merges":["a"]}""", "no two parts in entry 0")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0,"b":0},"merges":[]}""", "the id of a as well")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":-1},"merges":[]}""", "from 0 to")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":2000000000},"merges":[]}""", "from 0 to")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0},"merges":[],"unk_token":"b"}""", "unk_token is b")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0},"merges":[],"dropout":0.1}""", "dropout is 0.1")]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0},"merges":[],"end_of_word_suffix":"</w>"}""", "end_of_word_suffix is </w>")]
    [InlineData("model", """{"type":"Unigram","vocab":[["a",-1],["a",-2]]}""", "\"a\" twice")]
    [InlineData("model", """{"type":"Unigram","vocab":[["a"]]}""", "no token and score in entry 0")]
    [InlineData("model", """{"type":"Unigram","vocab":[["a",-1]],"unk_id":1}""", "unk_id is none of it")]
    [InlineData("normalizer", """{"type":"NFKC"}""", "nsupported normalizer NFKC")]
    [InlineData("normalizer", """{"type":"Sequence","normalizers":[{"type":"Precompiled"}]}""", "nsupported normalizer Precompiled")]
    [InlineData("normalizer", """{"type":"Replace","pattern":{"Regex":"a"},"content":"b"}""", "String is missing")]
    [InlineData("pre_tokenizer", """{"type":"BertPreTokenizer"}""", "nsupported pre-tokenizer BertPreTokenizer")]
    [InlineData("pre_tokenizer", """{"type":"Split","pattern":{"Regex":"a++"},"behavior":"Isolated"}""", "pattern a++ of the pre-tokenizer cannot be read")]
    [InlineData("pre_tokenizer", """{"type":"Split","pattern":{"Regex":"a"},"behavior":"MergedWithNext"}""", "behavior is MergedWithNext")]
    [InlineData("pre_tokenizer", """{"type":"Metaspace","replacement":"__"}""", "must be one character")]
    [InlineData("post_processor", """{"type":"BertProcessing"}""", "nsupported post-processor BertProcessing")]
    [InlineData("post_processor", """{"type":"TemplateProcessing","single":[]}""", "no place for the text")]
    [InlineData("post_processor", """{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x"}}],"special_tokens":{}}""", "x is missing")]
    [InlineData("decoder", """{"type":"WordPiece"}""", "nsupported decoder WordPiece")]
    [InlineData("decoder", """{"type":"Strip","content":" ","start":1,"stop":0}""", "wrong side of Fuse")]
    [InlineData("decoder", """{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Strip","content":" ","start":0,"stop":1}]}""", "stop is not 0")]
    [InlineData("added_tokens", """[{"id":900,"content":"x"},{"id":900,"content":"y"}]""", "a second time")]
    [InlineData("added_tokens", """[{"id":65,"content":"other"}]""", "that is the id of")]
    [InlineData("added_tokens", """[{"id":1,"content":""}]""", "must not be empty")]
    public void What_is_not_supported_or_does_not_hold_is_refused_by_name(string part, string value, string reason)
    {
        ModelFileException fault = Assert.Throws<ModelFileException>(() => TokenizerFixtures.Changed("byte-level", root => root[part] = JsonNode.Parse(value)));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Equal("tokenizer.json", fault.File);
    }

    [Fact]
    public void A_character_that_the_vocabulary_cannot_spell_is_named()
    {
        Tokenizer tokenizer = TokenizerFile.Parse(PlainTokenizers.Characters("abc"), "abc");

        ArgumentException fault = Assert.Throws<ArgumentException>(() => tokenizer.Encode("abé"));

        Assert.Contains("'é' (U+00E9", fault.Message, StringComparison.Ordinal);
        Assert.Contains("no byte fallback", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_that_a_byte_level_vocabulary_lacks_is_a_clear_error()
    {
        Tokenizer tokenizer = TokenizerFixtures.Changed("byte-level", root =>
        {
            root["model"]!["vocab"]!.AsObject().Remove("Ã");   // the byte 0xC3, with which é starts
            root["model"]!["merges"] = new JsonArray();
        });

        Assert.Equal([0x41], tokenizer.Encode("A").Select(id => (int)tokenizer.Token(id)[0]));
        Assert.Contains("U+00C3", Assert.Throws<ArgumentException>(() => tokenizer.Encode("é")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100_000)]
    public void A_token_outside_the_vocabulary_is_refused_by_its_id(int id)
    {
        Tokenizer tokenizer = TokenizerFixtures.Load("byte-level");

        Assert.Contains($"Token id {id} is outside the vocabulary", Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([id])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tokenizer_with_more_tokens_than_its_model_is_refused()
    {
        string folder = Directory.CreateTempSubdirectory("kelvin-").FullName;
        File.WriteAllBytes(Path.Combine(folder, "tokenizer.json"), PlainTokenizers.Bytes("<end>", "<more>"));
        TransformerConfig config = ConfigFile.Load(Path.Combine(Repository.Root, "tests", "fixtures", "models", "tiny-gpt2", "config.json"));

        ModelFileException fault = Assert.Throws<ModelFileException>(() => TokenizerFile.LoadFor(folder, config));
        Tokenizer fitting = TokenizerFile.LoadFor(folder, config with { VocabularySize = 258 });
        Directory.Delete(folder, recursive: true);

        Assert.Contains("token ids up to 257, outside the model's vocabulary of 257", fault.Message, StringComparison.Ordinal);
        Assert.Equal(258, fitting.VocabularySize);
    }

    [Fact]
    public void A_pattern_that_takes_for_ever_ends_in_an_error()
    {
        Tokenizer tokenizer = TokenizerFixtures.Changed(
            "byte-level", root => root["pre_tokenizer"] = JsonNode.Parse("""{"type":"Split","pattern":{"Regex":"^(\\w+\\s?)*$"},"behavior":"Isolated"}"""));

        Assert.Contains("takes too long", Assert.Throws<ModelFileException>(() => tokenizer.Encode(new string('a', 60) + "!")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_loads_or_throws_the_one_exception_of_model_files()
    {
        byte[][] good = [.. TokenizerFixtures.Names.Select(row => File.ReadAllBytes(TokenizerFixtures.PathOf(row.Data)))];
        Gen<byte[]> mutant =
            from file in Gen.OneOf(good)
            from changes in Gen.Select(Gen.Int[0, file.Length - 1], Gen.OneOf<byte>(Gen.Byte, Gen.OneOf("{}[]\",:0123456789-.nullBPE ".Select(c => (byte)c).ToArray()))).Array[0, 4]
            from length in Gen.Frequency((4, Gen.Const(file.Length)), (1, Gen.Int[0, file.Length]))
            select Mutate(file, changes, length);

        mutant.Sample(
            bytes =>
            {
                try
                {
                    Tokenizer tokenizer = TokenizerFile.Parse(bytes, "mutant.json");
                    tokenizer.Decode(tokenizer.Encode("It's 12 früh 🙂 [L][R] </s>"));
                }
                catch (ModelFileException fault)
                {
                    Assert.Equal("mutant.json", fault.File);
                }
                catch (ArgumentException unspellable)
                {
                    Assert.Matches("has no such token|outside the vocabulary", unspellable.Message);
                }
            },
            iter: 1_000);
    }

    private static byte[] Mutate(byte[] file, (int At, byte Value)[] changes, int length)
    {
        byte[] mutant = [.. file];
        foreach ((int at, byte value) in changes)
            mutant[at] = value;
        return mutant[..length];
    }
}
