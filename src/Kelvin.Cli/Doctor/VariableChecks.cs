using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Doctor;

/// <summary>Finds KELVIN_ variables that nothing reads: most often a slip of the pen.</summary>
internal static class VariableChecks
{
    /// <summary>Every variable that Kelvin reads.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [.. Settings.All.Select(setting => setting.Variable), SettingsFile.Variable, "KELVIN_DEBUG"];

    public static IEnumerable<Check> All(CliHost host)
    {
        foreach (string name in host.Environment.Keys.Where(IsStray).Order(StringComparer.Ordinal))
        {
            string? nearest = NearestName.Of(name, Known);
            yield return new Check(
                name,
                CheckState.Warning,
                "is set, but Kelvin does not read it",
                nearest is null ? $"Kelvin reads {string.Join(", ", Known)}." : $"Did you mean {nearest}?");
        }
    }

    private static bool IsStray(string name) =>
        name.StartsWith("KELVIN_", StringComparison.Ordinal) && !Known.Contains(name, StringComparer.Ordinal);
}
