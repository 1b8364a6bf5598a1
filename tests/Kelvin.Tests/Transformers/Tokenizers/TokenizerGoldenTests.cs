using System.Text.Json;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Tests.Transformers.Tokenizers;

/// <summary>Against what Hugging Face's own library gives: the README beside the fixtures says how.</summary>
public sealed class TokenizerGoldenTests
{
    public static TheoryData<string> Names => TokenizerFixtures.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_text_gives_the_expected_ids_and_comes_back_as_expected(string name)
    {
        Tokenizer tokenizer = TokenizerFixtures.Load(name);
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(TokenizerFixtures.Folder, name + ".expected.json")));
        JsonElement cases = expected.RootElement.GetProperty("cases");

        Assert.True(cases.GetArrayLength() >= 60);
        foreach (JsonElement entry in cases.EnumerateArray())
        {
            string text = entry.GetProperty("text").GetString()!;
            int[] ids = Ids(entry, "ids");
            AssertIds(text, ids, tokenizer.Encode(text));
            AssertIds(text, Ids(entry, "plain"), tokenizer.Encode(text, addsSpecial: false));
            Assert.Equal((text, entry.GetProperty("decoded").GetString()), (text, tokenizer.Decode(ids)));
            Assert.Equal((text, entry.GetProperty("decoded_special").GetString()), (text, tokenizer.Decode(ids, keepsSpecial: true)));
        }
    }

    [Fact]
    [Trait("Data", "Stories260K")]
    public void The_tokenizer_of_a_real_model_gives_the_ids_of_its_golden_file()
    {
        string? folder = Environment.GetEnvironmentVariable("KELVIN_STORIES260K");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "Set KELVIN_STORIES260K to a folder with the model stories260K and its golden.json; it may not be handed on.");

        Tokenizer tokenizer = TokenizerFile.Load(Path.Combine(folder, "tokenizer.json"));
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "golden.json")));

        foreach (JsonElement entry in golden.RootElement.GetProperty("prompts").EnumerateArray())
        {
            int[] ids = Ids(entry, "token_ids");
            int[] greedy = Ids(entry.GetProperty("greedy"), "token_ids");
            Assert.Equal(ids, tokenizer.Encode(entry.GetProperty("prompt").GetString()!));
            Assert.Equal(entry.GetProperty("greedy").GetProperty("text").GetString(), tokenizer.Decode([.. ids, .. greedy]));
        }

        JsonElement nll = golden.RootElement.GetProperty("nll");
        Assert.Equal(Ids(nll, "token_ids"), tokenizer.Encode(nll.GetProperty("text").GetString()!)[..500]);
    }

    private static void AssertIds(string text, int[] expected, int[] actual) => Assert.Equal($"{text}: {string.Join(' ', expected)}", $"{text}: {string.Join(' ', actual)}");

    private static int[] Ids(JsonElement entry, string key) => [.. entry.GetProperty(key).EnumerateArray().Select(id => id.GetInt32())];
}
