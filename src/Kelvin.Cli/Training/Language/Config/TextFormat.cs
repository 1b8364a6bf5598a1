namespace Kelvin.Cli.Training.Language.Config;

/// <summary>What the files hold.</summary>
internal enum TextFormat
{
    Auto,
    Text,
    Prompts,
}
