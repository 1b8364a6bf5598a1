using System.Globalization;
using Kelvin.Monitoring;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Training;

/// <summary>The parts of a training report that every kind of model has: the course of a series, and the incidents.</summary>
internal static class CourseBlocks
{
    /// <summary>A series over the steps, a line a seed, with the first incidents marked.</summary>
    public static LineChart Chart(IReadOnlyList<CourseLine> lines, string title, string axis, string unit, string series, string caption) => new()
    {
        Title = title,
        Caption = caption,
        X = new Axis("Step"),
        Y = new Axis(axis, unit),
        Series = [.. lines.Select(line => Line(line, series))],
        Markers = [.. lines.SelectMany(line => line.Incidents).Take(8).Select(incident =>
            new ChartMarker(incident.OpenedStep, incident.Cause, (Reports.Severity)(int)incident.Severity))],
    };

    /// <summary>A card for each incident, or the word that there was none.</summary>
    public static IEnumerable<Block> Incidents(IReadOnlyList<CourseLine> lines)
    {
        bool any = false;
        foreach (CourseLine line in lines)
        {
            foreach (Incident incident in line.Incidents)
            {
                any = true;
                yield return Card(incident, lines.Count == 1 ? string.Empty : SeedName(line));
            }
        }

        if (!any)
            yield return new Callout(CalloutKind.Good, "Nothing found", "No detector of the monitor fired in any run.");
    }

    private static LineSeries Line(CourseLine line, string series)
    {
        (double[] steps, double[] values) = line.Metrics.Column(series);
        return new LineSeries(SeedName(line), steps, values);
    }

    private static IncidentCard Card(Incident incident, string run) => new()
    {
        Severity = (Reports.Severity)(int)incident.Severity,
        Cause = incident.Cause,
        Title = incident.Title,
        Run = run,
        SinceStep = incident.SinceStep,
        OpenedStep = incident.OpenedStep,
        ClosedStep = incident.ClosedStep,
        Evidence = [.. incident.Evidence.Select(evidence => evidence.Text)],
        Remedy = incident.Remedy,
    };

    private static string SeedName(CourseLine line) => string.Create(CultureInfo.InvariantCulture, $"seed {line.Seed}");
}
