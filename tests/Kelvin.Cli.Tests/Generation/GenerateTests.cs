using System.Text.Json;
using System.Text.RegularExpressions;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Generation;

public sealed partial class GenerateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GenerateTests() => LettersModel.Write(Path.Combine(_folder.FullName, "letters"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_shows_the_text_and_the_softmax_behind_every_token_in_80_columns()
    {
        CliRun run = await Generate("--prompt", "abc", "--max-tokens", "20", "--temperature", "0.8", "--seed", "3", "--ignore-end");

        Assert.Equal((ExitCode.Good, ""), (run.ExitCode, run.Error));
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, CliHost.PipedWidth));
        Golden.Matches(Speed().Replace(run.Output, "? s, ? tokens/s"), "generate");
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_answer_and_another_one_another()
    {
        string[] command = ["--prompt", "abc", "--ignore-end", "--max-tokens", "30", "--json", "--samples", "2"];

        string[] first = Texts(await Generate([.. command, "--seed", "3"]));
        string[] again = Texts(await Generate([.. command, "--seed", "3", "--threads", "1"]));
        string[] other = Texts(await Generate([.. command, "--seed", "4"]));

        Assert.Equal(first, again, StringComparer.Ordinal);
        Assert.NotEqual(first[0], first[1], StringComparer.Ordinal);
        Assert.Equal(first[1], other[0]);   // seeds are counted up
    }

    [Fact]
    public async Task A_target_entropy_is_held_and_set_beside_a_fixed_temperature()
    {
        CliRun run = await Generate("--prompt", "abc", "--ignore-end", "--max-tokens", "40", "--samples", "50", "--target-entropy", "1.5", "--compare", "--json");

        using var document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.Equal("kelvin.generate/1", root.GetProperty("schema").GetString());
        JsonElement quality = root.GetProperty("quality");
        Assert.Equal(2000, quality.GetProperty("tokens").GetInt32());
        Assert.InRange(root.GetProperty("meanDeviation").GetDouble(), 0, 0.03);
        JsonElement[] policies = [.. root.GetProperty("comparison").EnumerateArray()];
        Assert.Equal(3, policies.Length);
        double[] entropies = [.. policies.Select(policy => policy.GetProperty("quality").GetProperty("scaledEntropy").GetDouble())];
        Assert.Equal(entropies[0], entropies[1], 0.05);
        Assert.InRange(policies[0].GetProperty("quality").GetProperty("scaledEntropyDeviation").GetDouble(), 0, 1e-3);
        Assert.InRange(policies[1].GetProperty("quality").GetProperty("scaledEntropyDeviation").GetDouble(), 0.05, 2);
    }

    [Fact]
    public async Task A_target_out_of_reach_is_counted_and_said()
    {
        CliRun run = await Generate("--prompt", "abc", "--ignore-end", "--max-tokens", "10", "--top-k", "3", "--target-entropy", "1.5", "--samples", "2");

        Assert.Contains("No token could have that entropy. 20 tokens of 20 could not reach it", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("∞!", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_without_a_tokenizer_goes_on_from_token_ids()
    {
        LettersModel.Write(Path.Combine(_folder.FullName, "numbers"), hasTokenizer: false);

        CliRun run = await CliRun.OfAsync(["generate", "--model", "numbers", "--tokens", "1,2,3", "--temperature", "0", "--max-tokens", "4"], _folder.FullName);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.StartsWith("[1, 2, 3] → [", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shades_the_text_and_draws_the_entropies()
    {
        CliRun run = await Generate("--prompt", "abc", "--ignore-end", "--target-entropy", "1.5", "--compare", "--html", "page.html");

        Assert.Equal(ExitCode.Good, run.ExitCode);
        string html = await _folder.ReadAsync("page.html");
        Assert.Contains("token shade-10", html, StringComparison.Ordinal);
        Assert.Contains("Entropy of each token", html, StringComparison.Ordinal);
        Assert.Contains("Against a fixed temperature", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no prompt", "--seed", "1")]
    [InlineData("vocabulary", "--prompt", "xyz")]
    [InlineData("'11', but must hold a whole number from 0 to 10", "--tokens", "1,11")]
    [InlineData("--temperature and --target-entropy both choose the temperature", "--prompt", "a", "--temperature", "1", "--target-entropy", "1")]
    [InlineData("--edt is '1', but must be T0,THETA", "--prompt", "a", "--edt", "1")]
    [InlineData("wrong way round", "--prompt", "a", "--dynatemp", "2,1")]
    [InlineData("--top-p is '2', but must be a number from", "--prompt", "a", "--top-p", "2")]
    [InlineData("--stop is empty", "--prompt", "a", "--stop", "")]
    [InlineData("the model's context is 64", "--prompt", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("The prompt is empty", "--prompt", "")]
    [InlineData("There is no file nowhere.txt", "--prompt-file", "nowhere.txt")]
    public async Task What_cannot_be_done_is_said_with_a_remedy(string part, params string[] arguments)
    {
        CliRun run = await Generate(arguments);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.Contains("hint: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_model_is_said()
    {
        string bad = Path.Combine(Repository.Root, "tests", "fixtures", "models", "bad");
        foreach ((string path, string part) in ((string, string)[])[("nowhere", "There is no model nowhere"), ("kelvin-tinny", "Did you mean kelvin-tiny?"), (Path.Combine(bad, "dir-nan"), "non-finite weights"), (Path.Combine(bad, "ok.safetensors"), "is a file")])
        {
            CliRun run = await CliRun.OfAsync(["generate", "--model", path, "--tokens", "1"], _folder.FullName);

            Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
            Assert.Contains(part, run.Error, StringComparison.Ordinal);
        }
    }

    private Task<CliRun> Generate(params string[] arguments) => CliRun.OfAsync(["generate", "--model", "letters", .. arguments], _folder.FullName);

    private static string[] Texts(CliRun run)
    {
        using var document = JsonDocument.Parse(run.Output);
        return [.. document.RootElement.GetProperty("answers").EnumerateArray().Select(answer => answer.GetProperty("text").GetString()!)];
    }

    [GeneratedRegex(@"[\d.]+ s, \d+ tokens/s", RegexOptions.None, 1000)]
    private static partial Regex Speed();
}
