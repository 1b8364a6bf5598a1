using System.CommandLine;
using System.CommandLine.Parsing;

namespace Kelvin.Cli.Frame;

/// <summary>Turns what the parser could not read into one error with the nearest name that it could.</summary>
internal static class ParseFailure
{
    public static UsageException Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string path = PathOf(parsed.CommandResult);
        string help = $"`{path} --help` shows what it takes.";
        if (parsed.UnmatchedTokens.Count > 0)
            return OfUnmatched(parsed.UnmatchedTokens[0], command, path, help);

        ParseError error = parsed.Errors[0];
        return error.SymbolResult switch
        {
            ArgumentResult { Tokens.Count: 0, Parent: CommandResult } missing =>
                new UsageException($"{path} needs {missing.Argument.HelpName ?? missing.Argument.Name}.", help),
            OptionResult { Tokens.Count: 0 } option =>
                new UsageException($"{option.Option.Name} needs a value{Example(option.Option)}.", help),
            OptionResult { Tokens.Count: > 1 } option when option.Option.Arity.MaximumNumberOfValues == 1 =>
                new UsageException($"{option.Option.Name} is given {option.Tokens.Count} times, but takes one value.", help),
            _ => new UsageException(error.Message, help),
        };
    }

    private static UsageException OfUnmatched(string token, Command command, string path, string help)
    {
        bool isOption = token.StartsWith('-');
        List<string> candidates = isOption
            ? [.. command.Options.Select(option => option.Name), "--help"]
            : [.. command.Subcommands.Select(subcommand => subcommand.Name)];
        string kind = isOption ? "an option" : candidates.Count > 0 ? "a command" : "an argument";
        string? nearest = NearestName.Of(token.Split('=', ':')[0], candidates);
        string hint = nearest is null ? help : $"Did you mean {nearest}? {help}";
        return new UsageException($"'{token}' is not {kind} of {path}.", hint);
    }

    private static string Example(Option option) => option.HelpName is { } name ? $": {option.Name} {name}" : string.Empty;

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "kelvin";
}
