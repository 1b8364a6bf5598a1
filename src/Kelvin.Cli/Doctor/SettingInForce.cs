using Kelvin.Cli.Configuration;

namespace Kelvin.Cli.Doctor;

/// <summary>A setting, its value, and the layer that won.</summary>
internal sealed record SettingInForce(string Name, string Value, SettingSource Source, string From, string Flag, string Variable);
