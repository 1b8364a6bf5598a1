using System.Text.Json.Nodes;

namespace Kelvin.Reports.Charts;

/// <summary>One drawing surface: the option for the chart library and the data that it draws.</summary>
internal sealed record ChartPanel(JsonObject Option, IReadOnlyList<Dataset> Data)
{
    public string Title { get; init; } = "";

    public required Axis X { get; init; }

    public required Axis Y { get; init; }

    /// <summary>One of the height classes of the style sheet.</summary>
    public required string Height { get; init; }
}
