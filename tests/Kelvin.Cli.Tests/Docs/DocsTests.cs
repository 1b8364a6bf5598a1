using System.Text.RegularExpressions;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Docs;

/// <summary>Runs every <c>kelvin</c> line of the <c>console</c> blocks in README.md and docs/, page by page, in a folder with the samples.</summary>
/// <remarks>A line may say <c># exit N</c>; a block <c>console slow</c> holds what takes longer than the everyday tests may.</remarks>
public sealed partial class DocsTests
{
    public static TheoryData<string> QuickPages { get; } = [.. Pages(isSlow: false)];

    public static TheoryData<string> SlowPages { get; } = [.. Pages(isSlow: true)];

    [Theory]
    [MemberData(nameof(QuickPages))]
    public Task The_commands_of_a_page_do_what_it_says(string page) => RunAsync(page, isSlow: false);

    [Theory]
    [Trait("Speed", "Slow")]
    [MemberData(nameof(SlowPages))]
    public Task The_slow_commands_of_a_page_do_what_it_says(string page) => RunAsync(page, isSlow: true);

    private static async Task RunAsync(string page, bool isSlow)
    {
        using var folder = new TemporaryFolder();
        foreach (string sample in new[] { "train", "calibrate", "inspect" })
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", sample)))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)), overwrite: true);
        }

        foreach ((string[] arguments, int exitCode) in Commands(page, isSlow))
        {
            CliRun run = await CliRun.OfAsync(arguments, folder.FullName);

            Assert.True(exitCode == run.ExitCode, $"{page}: kelvin {string.Join(' ', arguments)} exited with {run.ExitCode}, not {exitCode}: {run.Error}");
            Assert.All(run.Output.Split('\n'), line => Assert.InRange(arguments.Contains("--json", StringComparer.Ordinal) ? 0 : line.Length, 0, CliHost.PipedWidth));
        }
    }

    private static IEnumerable<string> Pages(bool isSlow) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "README.md"))
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(page => Commands(page, isSlow).Any())
            .Order(StringComparer.Ordinal);

    private static IEnumerable<(string[] Arguments, int ExitCode)> Commands(string page, bool isSlow)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n");
        foreach (Match block in ConsoleBlock().Matches(text))
        {
            if (block.Groups["info"].Value.Contains("slow", StringComparison.Ordinal) != isSlow)
                continue;
            foreach (string line in block.Groups["body"].Value.Split('\n'))
            {
                Match command = CommandLine().Match(line);
                if (command.Success)
                    yield return (Words(command.Groups["arguments"].Value), command.Groups["exit"].Success ? command.Groups["exit"].Value[0] - '0' : 0);
            }
        }
    }

    private static string[] Words(string arguments) =>
        [.. Word().Matches(arguments).Select(word => word.Value.Trim('"'))];

    [GeneratedRegex("^```console(?<info>[^\n]*)\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ConsoleBlock();

    [GeneratedRegex(@"^(\$ )?kelvin (?<arguments>[^#]*?)\s*(# exit (?<exit>\d).*|#.*)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommandLine();

    [GeneratedRegex("\"[^\"]*\"|\\S+", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
