using System.CommandLine;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Configuration;

/// <summary>A value that a flag, a variable, a file or a default may give; the first of these that does wins.</summary>
/// <param name="name">Name in kelvin.yaml; the flag is --name and the variable KELVIN_NAME.</param>
/// <param name="helpName">What stands for the value in help.</param>
/// <param name="description">One sentence for help and docs.</param>
/// <param name="rule">What a value must be, in words.</param>
/// <param name="read">Reads text; null if it is not a value.</param>
/// <param name="fallback">The default.</param>
/// <param name="defaultText">The default in words.</param>
internal sealed class Setting<T>(
    string name, string helpName, string description, string rule, Func<string, object?> read, Func<T> fallback, string defaultText)
    : ISetting
    where T : notnull
{
    public string Name => name;

    public string Flag => $"--{name}";

    public string Variable => $"KELVIN_{name.ToUpperInvariant()}";

    public string Description => description;

    public string DefaultText => defaultText;

    public Option<string?> CreateOption() => new(Flag) { HelpName = helpName, Description = description };

    /// <summary>Finds the value in force.</summary>
    /// <param name="arguments">The parsed command line, of a command that has this setting's option.</param>
    /// <param name="host">Holds the variables.</param>
    /// <param name="file">The settings file.</param>
    /// <param name="ofCommand">What the command's own file says; it beats the settings file.</param>
    /// <param name="otherwise">The command's own default, in place of the setting's.</param>
    public Resolved<T> Resolve(
        ParseResult arguments, CliHost host, SettingsFile file, Resolved<T>? ofCommand = null, Resolved<T>? otherwise = null)
    {
        if (arguments.GetValue<string?>(Flag) is { } flag)
            return new(Read(flag, Flag), SettingSource.Flag, Flag);
        if (host.Environment.TryGetValue(Variable, out string? variable) && variable.Length > 0)
            return new(Read(variable, Variable), SettingSource.Environment, Variable);
        if (ofCommand is { } given)
            return given;
        if (file.Find(name) is { } entry)
            return new(Read(entry.Text, $"{entry.Place}: {name}"), SettingSource.File, entry.Place);
        return otherwise ?? new(fallback(), SettingSource.Default, "default");
    }

    /// <inheritdoc/>
    public Resolved<string> Explain(ParseResult arguments, CliHost host, SettingsFile file)
    {
        Resolved<T> resolved = Resolve(arguments, host, file);
        return new(FormattableString.Invariant($"{resolved.Value}"), resolved.Source, resolved.From);
    }

    private T Read(string text, string where) =>
        read(text) is T value
            ? value
            : throw new UsageException($"{where} is '{text}', but must be {rule}.", description);
}
