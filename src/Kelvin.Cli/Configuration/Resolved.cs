namespace Kelvin.Cli.Configuration;

/// <summary>A setting's value and who won.</summary>
/// <param name="Value">The value in force.</param>
/// <param name="Source">Which layer it came from.</param>
/// <param name="From">The flag, the variable, the file's place, or "default".</param>
internal readonly record struct Resolved<T>(T Value, SettingSource Source, string From);
