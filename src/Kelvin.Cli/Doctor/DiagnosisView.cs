using Kelvin.Cli.Frame;
using Spectre.Console;

namespace Kelvin.Cli.Doctor;

/// <summary>Prints a diagnosis: the answer in a sentence, then what was found.</summary>
internal static class DiagnosisView
{
    public static void Write(CliHost host, Diagnosis diagnosis)
    {
        host.Write(Sentence(diagnosis) + "\n");
        var checks = new Table { Border = TableBorder.None, ShowHeaders = false };
        checks.AddColumn(new TableColumn("state") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) }).AddColumn(new TableColumn("name") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) }).AddColumn("found");
        foreach (Check check in diagnosis.Checks)
        {
            checks.AddRow(new Markup(Mark(check.State)), new Text(check.Name), new Text(check.Found));
            if (check.Hint is not null)
                checks.AddRow(Text.Empty, Text.Empty, new Text($"hint: {check.Hint}"));
        }

        host.Write(checks);
        host.Write($"\nSettings in force ({(diagnosis.SettingsFile is { } file ? $"file {file}" : $"no {SettingsFileName}")}):");
        var settings = new Table { Border = TableBorder.None, ShowHeaders = false };
        settings.AddColumn(new TableColumn("name") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) }).AddColumn(new TableColumn("value") { Padding = new Padding(0, 0, 2, 0) }).AddColumn("from");
        foreach (SettingInForce setting in diagnosis.Settings)
            settings.AddRow(new Text($"  {setting.Name}"), new Text(setting.Value), new Text($"from {setting.From}"));
        host.Write(settings);
    }

    private const string SettingsFileName = Configuration.SettingsFile.DefaultName;

    private static string Sentence(Diagnosis diagnosis)
    {
        int missing = diagnosis.Checks.Count(check => check.State == CheckState.Missing);
        int warnings = diagnosis.Checks.Count(check => check.State == CheckState.Warning);
        string verdict = missing == 0 ? "Kelvin has all it needs on this machine" : "Kelvin cannot work on this machine as it is";
        return (missing, warnings) switch
        {
            (0, 0) => $"{verdict}.",
            (0, _) => FormattableString.Invariant($"{verdict}; {warnings} thing{(warnings == 1 ? " is" : "s are")} worth a look."),
            _ => FormattableString.Invariant($"{verdict}: {missing} thing{(missing == 1 ? " is" : "s are")} missing."),
        };
    }

    private static string Mark(CheckState state) => state switch
    {
        CheckState.Good => "[green]ok[/]",
        CheckState.Warning => "[yellow]look[/]",
        _ => "[red]missing[/]",
    };
}
