using Kelvin.Monitoring;

namespace Kelvin.Cli.Training;

/// <summary>The course of one seed, for charts.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Metrics">Every step.</param>
/// <param name="Incidents">What the monitor found.</param>
internal sealed record CourseLine(int Seed, MetricsLog Metrics, IReadOnlyList<Incident> Incidents);
