using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Kelvin.Cli.Frame;

/// <summary>The help of a command: the parser's own page at 80 columns, then examples that work as they stand.</summary>
internal sealed class HelpPage(HelpAction page) : SynchronousCommandLineAction
{
    // The parser calls the command by the file that runs it, which is not what the user typed.
    private static readonly string Executable = $" {RootCommand.ExecutableName} ";

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        page.MaxWidth = CliHost.PipedWidth;
        TextWriter target = parseResult.InvocationConfiguration.Output;
        var buffer = new StringWriter { NewLine = "\n" };
        parseResult.InvocationConfiguration.Output = buffer;
        page.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = target;

        foreach (string line in buffer.ToString().TrimEnd().Split('\n'))
            target.WriteLine(line.Replace(Executable, " kelvin ", StringComparison.Ordinal).TrimEnd());
        if (parseResult.CommandResult.Command is KelvinCommand { Examples.Count: > 0 } command)
            WriteExamples(command.Examples, target);
        return ExitCode.Good;
    }

    private static void WriteExamples(IReadOnlyList<CommandExample> examples, TextWriter target)
    {
        target.WriteLine();
        target.WriteLine("Examples:");
        foreach (CommandExample example in examples)
        {
            target.WriteLine($"  {example.CommandLine}");
            target.WriteLine($"      {example.Purpose}");
        }
    }
}
