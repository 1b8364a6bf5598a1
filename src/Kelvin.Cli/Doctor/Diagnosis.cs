using System.CommandLine;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Doctor;

/// <summary>Everything <c>kelvin doctor</c> found; printed as it is with <c>--json</c>.</summary>
internal sealed record Diagnosis
{
    public string Schema { get; } = "kelvin.doctor/1";

    /// <summary>Whether all that Kelvin needs is there.</summary>
    public required bool Healthy { get; init; }

    public required IReadOnlyList<Check> Checks { get; init; }

    public required IReadOnlyList<SettingInForce> Settings { get; init; }

    /// <summary>The settings file that was read, or null.</summary>
    public required string? SettingsFile { get; init; }

    public static Diagnosis Make(ParseResult arguments, CliHost host, SettingsFile file, CancellationToken cancellationToken)
    {
        List<SettingInForce> settings = [];
        foreach (ISetting setting in Configuration.Settings.All)
        {
            Resolved<string> resolved = setting.Explain(arguments, host, file);
            settings.Add(new(setting.Name, resolved.Value, resolved.Source, resolved.From, setting.Flag, setting.Variable));
        }

        string outFolder = settings.First(setting => setting.Name == Configuration.Settings.Out.Name).Value;
        List<Check> checks =
        [
            .. MachineChecks.All(host),
            FolderCheck.Of("output folder", host.FullPath(outFolder)),
            FolderCheck.Of("temporary folder", Path.GetTempPath()),
            KernelCheck.Run(host.Time, cancellationToken),
            .. VariableChecks.All(host),
        ];
        return new Diagnosis
        {
            Healthy = checks.TrueForAll(check => check.State != CheckState.Missing),
            Checks = checks,
            Settings = settings,
            SettingsFile = file.Path,
        };
    }
}
