using Kelvin.Cli.Frame;
using Kelvin.Cli.Lab;

namespace Kelvin.Cli.Tests.Lab;

public sealed class LabTests
{
    public static TheoryData<string> Experiments { get; } =
        [.. new LabCommand(new CliHost(TextWriter.Null, TextWriter.Null, new Dictionary<string, string>(StringComparer.Ordinal), "/", TimeProvider.System))
            .Subcommands.Select(command => command.Name)];

    [Fact]
    public async Task Without_an_experiment_it_names_them()
    {
        CliRun run = await CliRun.OfAsync(["lab"]);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        foreach (string experiment in Experiments.Select(row => row.Data))
            Assert.Contains($"  {experiment} ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Experiments))]
    public async Task Every_experiment_has_help_with_an_example_and_the_shared_options_in_80_columns(string experiment)
    {
        CliRun run = await CliRun.OfAsync(["lab", experiment, "--help"]);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.Contains("Examples:\n  kelvin lab " + experiment, run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, CliHost.PipedWidth));
        foreach (string option in new[] { "--quick", "--seed", "--threads", "--json", "--html" })
            Assert.Contains($"  {option}", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lab ntk --quick --data wine --rows 20", "At 1024 units the softmax kernel is ")]
    [InlineData("lab dynamics --quick --data wine --rows 16 --hidden 128", "The kernel at the start predicts the training loss within 5 % in ")]
    [InlineData("lab stability --quick --data iris --size 2", "Softmax networks bear from ")]
    [InlineData("lab landscape --quick --data iris --seeds 4", "At matched kernels softmax is ")]
    public async Task An_experiment_answers_in_a_sentence_and_fits_80_columns(string line, string answer)
    {
        CliRun run = await CliRun.OfAsync(line.Split(' '));

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.StartsWith(answer, run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), written => Assert.InRange(written.Length, 0, CliHost.PipedWidth));
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("lab stabilty", "error: 'stabilty' is not a command of kelvin lab.", "Did you mean stability?")]
    [InlineData("lab stability --data digit", "error: --data is 'digit', but there is no such file.", "Did you mean digits?")]
    [InlineData("lab stability --activation tanh", "error: --activation is 'tanh', but must be softmax, exp or relu.", "softmax is the default.")]
    [InlineData("lab stability --html /", "error: / is a folder, but must be a file.", "Name a file in it.")]
    public async Task A_wrong_command_line_is_refused_with_2_before_any_work(string line, string error, string hint)
    {
        CliRun run = await CliRun.OfAsync(line.Split(' '));

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith(error, run.Error, StringComparison.Ordinal);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }
}
