using System.Text.Json;
using CsCheck;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Tests.Transformers.Tokenizers;

/// <summary>Against the slow way to join pairs, and against all ways to cut a word.</summary>
public sealed class ReferenceModelTests
{
    [Fact]
    public void Pairs_are_joined_in_the_order_in_which_they_were_learnt()
    {
        Tokenizer tokenizer = TokenizerFixtures.Load("byte-fallback");
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(TokenizerFixtures.PathOf("byte-fallback")));
        string[] merges = [.. file.RootElement.GetProperty("model").GetProperty("merges").EnumerateArray().Select(merge => merge.GetString()!)];

        Gen.String[Gen.OneOf("the watermings ".ToCharArray()), 1, 40].Sample(text =>
        {
            List<string> tokens = [.. ("▁" + text.Replace(' ', '▁')).Select(c => c.ToString())];
            while (Best(tokens, merges) is { } at)
            {
                tokens[at] += tokens[at + 1];
                tokens.RemoveAt(at + 1);
            }

            return tokens.SequenceEqual(tokenizer.Encode(text, addsSpecial: false).Select(tokenizer.Token), StringComparer.Ordinal);
        });
    }

    [Fact]
    public void A_unigram_model_takes_the_cut_of_the_highest_score()
    {
        Tokenizer tokenizer = TokenizerFixtures.Load("unigram");
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(TokenizerFixtures.PathOf("unigram")));
        Dictionary<string, double> scores = file.RootElement.GetProperty("model").GetProperty("vocab").EnumerateArray()
            .ToDictionary(entry => entry[0].GetString()!, entry => entry[1].GetDouble(), StringComparer.Ordinal);

        Gen.String[Gen.OneOf("thewaring".ToCharArray()), 1, 9].Sample(word =>
        {
            string[] tokens = [.. tokenizer.Encode(word).Select(tokenizer.Token)];

            Assert.Equal("▁" + word, string.Concat(tokens));
            Assert.Equal(BestScore("▁" + word, scores), tokens.Sum(token => scores[token]), tolerance: 1e-9);
        });
    }

    private static int? Best(List<string> tokens, string[] merges)
    {
        (int Rank, int At)[] possible = [.. Enumerable.Range(0, tokens.Count - 1).Select(at => (Array.IndexOf(merges, $"{tokens[at]} {tokens[at + 1]}"), at)).Where(pair => pair.Item1 >= 0)];
        return possible.Length == 0 ? null : possible.Min().At;
    }

    private static double BestScore(string word, Dictionary<string, double> scores) => word.Length == 0 ? 0 : Enumerable.Range(1, word.Length)
        .Where(length => scores.ContainsKey(word[..length]))
        .Max(length => scores[word[..length]] + BestScore(word[length..], scores));
}
