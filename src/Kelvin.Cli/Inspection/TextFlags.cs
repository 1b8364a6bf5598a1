using System.CommandLine;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Inspection;

/// <summary>The options that give a checkpoint its text.</summary>
internal sealed class TextFlags
{
    private readonly Option<string?> _text = Flags.Text("--text", "TEXT", "Text that a checkpoint is run on.");
    private readonly Option<string?> _tokens = Flags.Text("--tokens", "IDS", "The text as token ids: 1,2,3.");
    private readonly Option<int?> _most = Flags.WholeNumber("--max-tokens", "Take so many tokens from the start of a longer text. [default: all]", 1);

    public IReadOnlyList<Option> All => [_text, _tokens, _most];

    /// <summary>What was given; at most one text.</summary>
    public TextChoice Read(ParseResult arguments, string[] inputs)
    {
        var choice = new TextChoice(arguments.GetValue(_text), arguments.GetValue(_tokens), inputs.FirstOrDefault(), arguments.GetValue(_most));
        if (inputs.Length > 1 || new[] { choice.Text, choice.Tokens, choice.File }.Count(given => given is not null) > 1)
            throw new UsageException("More than one text is given.", "Give one of --text, --tokens and --input.");
        return choice;
    }

    /// <summary>Refuses them for a model that reads no text.</summary>
    public void RefuseFor(ParseResult arguments, string path)
    {
        foreach ((Option option, bool isGiven) in new (Option, bool)[] { (_text, arguments.GetValue(_text) is not null), (_tokens, arguments.GetValue(_tokens) is not null), (_most, arguments.GetValue(_most) is not null) })
        {
            if (isGiven)
                throw new UsageException($"{option.Name} is for a checkpoint's folder, and {path} is none.", "Give an ONNX model its tensors with --input.");
        }
    }
}
