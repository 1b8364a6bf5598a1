namespace Kelvin.Cli.Training.Language.Config;

/// <summary>Where the tokens come from.</summary>
internal enum TokenizerKind
{
    Bytes,
    Characters,
    File,
}
