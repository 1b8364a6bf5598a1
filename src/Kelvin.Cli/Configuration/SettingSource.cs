namespace Kelvin.Cli.Configuration;

/// <summary>Where a setting's value came from; a later one beats an earlier one.</summary>
internal enum SettingSource
{
    Default,
    File,
    Environment,
    Flag,
}
