using System.Collections;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Kelvin.Cli.Frame;

/// <summary>All that a command needs of the process around it, so that tests can be that process.</summary>
internal sealed class CliHost
{
    /// <summary>Columns of a line when the output is not a terminal; all output is laid out to fit them.</summary>
    public const int PipedWidth = 80;

    /// <summary>Takes writers, variables and folder from the caller.</summary>
    /// <param name="output">Standard output: results.</param>
    /// <param name="error">Standard error: progress, warnings, errors.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="workingDirectory">Where relative paths start.</param>
    /// <param name="time">The only clock.</param>
    public CliHost(
        TextWriter output,
        TextWriter error,
        IReadOnlyDictionary<string, string> environment,
        string workingDirectory,
        TimeProvider time)
    {
        Output = output;
        Error = error;
        Environment = environment;
        WorkingDirectory = workingDirectory;
        Time = time;
        Console = CreateConsole(output, OutputIsTerminal, environment);
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    public IReadOnlyDictionary<string, string> Environment { get; }

    public string WorkingDirectory { get; }

    public TimeProvider Time { get; }

    /// <summary>Standard output with tables and colour; plain and 80 columns wide unless it is a terminal.</summary>
    public IAnsiConsole Console { get; private init; }

    public bool OutputIsTerminal { get; private init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of standard error.</summary>
    public int ErrorWidth { get; private init; } = PipedWidth;

    /// <summary>Whether stack traces and other detail for developers are shown.</summary>
    public bool IsDebugging => Environment.TryGetValue("KELVIN_DEBUG", out string? value) && value == "1";

    /// <summary>Whether errors may be coloured (NO_COLOR is honoured).</summary>
    public bool ColoursErrors => ErrorIsTerminal && !Environment.ContainsKey("NO_COLOR");

    /// <summary>The host of a real process.</summary>
    public static CliHost OfProcess()
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? string.Empty;

        bool isTerminal = !System.Console.IsOutputRedirected;
        return new CliHost(
            System.Console.Out, System.Console.Error, variables, Directory.GetCurrentDirectory(), TimeProvider.System)
        {
            OutputIsTerminal = isTerminal,
            ErrorIsTerminal = !System.Console.IsErrorRedirected,
            ErrorWidth = isTerminal && System.Console.WindowWidth > 0 ? System.Console.WindowWidth : PipedWidth,
            Console = CreateConsole(System.Console.Out, isTerminal, variables),
        };
    }

    /// <summary>Prints text on standard output, wrapped at its width.</summary>
    public void Write(string text)
    {
        foreach (string line in TextLines.Of(text, OutputIsTerminal ? Console.Profile.Width : PipedWidth))
            Output.WriteLine(line);
    }

    /// <summary>Prints a table or the like on standard output, without blanks at the ends of lines if it is piped.</summary>
    public void Write(IRenderable drawing)
    {
        if (OutputIsTerminal)
        {
            Console.Write(drawing);
            return;
        }

        using var buffer = new StringWriter { NewLine = "\n" };
        CreateConsole(buffer, isTerminal: false, Environment).Write(drawing);
        string[] lines = buffer.ToString().Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (i < lines.Length - 1)
                Output.WriteLine(lines[i].TrimEnd());
            else
                Output.Write(lines[i].TrimEnd());
        }
    }

    /// <summary>The full path of a path given by the user.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, WorkingDirectory);

    /// <summary>A path as short as it can be shown: relative to the current folder if it lies within.</summary>
    public string ShortPath(string path)
    {
        string relative = Path.GetRelativePath(WorkingDirectory, FullPath(path));
        return relative.StartsWith("..", StringComparison.Ordinal) ? FullPath(path) : relative;
    }

    private static IAnsiConsole CreateConsole(
        TextWriter output, bool isTerminal, IReadOnlyDictionary<string, string> environment)
    {
        bool hasColour = isTerminal && !environment.ContainsKey("NO_COLOR");
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = hasColour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = hasColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!isTerminal)
            console.Profile.Width = PipedWidth;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
