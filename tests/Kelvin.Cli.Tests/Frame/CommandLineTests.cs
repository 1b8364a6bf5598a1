using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Frame;

public sealed class CommandLineTests
{
    public static TheoryData<string> Commands { get; } =
        [.. CommandTree.Create(new CliHost(TextWriter.Null, TextWriter.Null, new Dictionary<string, string>(StringComparer.Ordinal), "/", TimeProvider.System))
            .Subcommands.Where(command => command.Subcommands.Count == 0).Select(command => command.Name)];

    [Fact]
    public async Task Without_arguments_it_shows_its_commands()
    {
        CliRun run = await CliRun.OfAsync([]);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Golden.Matches(run.Output, "help");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_has_help_with_an_example_in_80_columns(string command)
    {
        CliRun run = await CliRun.OfAsync([command, "--help"]);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.Contains("Examples:\n  kelvin " + command, run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, CliHost.PipedWidth));
        Golden.Matches(run.Output, $"help-{command}");
    }

    [Fact]
    public async Task The_version_is_a_number_and_a_commit()
    {
        CliRun run = await CliRun.OfAsync(["--version"]);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+(\+[0-9a-f]+)?\n$", run.Output);
    }

    [Theory]
    [InlineData("docter", "error: 'docter' is not a command of kelvin.", "Did you mean doctor?")]
    [InlineData("doctor --thread 3", "error: '--thread' is not an option of kelvin doctor.", "Did you mean --threads?")]
    [InlineData("doctor extra", "error: 'extra' is not an argument of kelvin doctor.", "`kelvin doctor --help`")]
    [InlineData("doctor --threads", "error: --threads needs a value: --threads N.", "`kelvin doctor --help`")]
    [InlineData("doctor --threads two", "error: --threads is 'two', but must be a whole number from 1 to 1024.", "Threads")]
    [InlineData("doctor --seed 1 --seed 2", "error: --seed is given 2 times, but takes one value.", "`kelvin doctor --help`")]
    public async Task A_wrong_command_line_is_refused_with_2_and_says_how_to_mend_it(string line, string error, string hint)
    {
        CliRun run = await CliRun.OfAsync(line.Split(' '));

        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Equal(2, lines.Length);
        Assert.Equal(error, lines[0]);
        Assert.StartsWith("hint: ", lines[1], StringComparison.Ordinal);
        Assert.Contains(hint, lines[1], StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task The_shell_can_ask_for_completions()
    {
        CliRun run = await CliRun.OfAsync(["[suggest:14]", "kelvin doctor --th"]);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.Contains("--threads", run.Output, StringComparison.Ordinal);
    }
}
