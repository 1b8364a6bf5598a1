using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Kelvin.Cli.Training.Language.Config;

/// <summary>Section <c>evaluation</c>.</summary>
internal sealed record EvaluationConfig
{
    [Range(1, 1_000_000)]
    [Description("Held-out items behind each number.")]
    public int Items { get; init; } = 2000;

    [Range(0.0, double.MaxValue)]
    [Description("Temperatures; 0 is greedy.")]
    public IReadOnlyList<double> Temperatures { get; init; } = [0, 0.5, 1, 1.5];
}
