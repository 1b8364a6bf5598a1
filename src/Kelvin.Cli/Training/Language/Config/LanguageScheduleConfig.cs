using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kelvin.Networks;

namespace Kelvin.Cli.Training.Language.Config;

/// <summary>Section <c>schedule</c> of a transformer.</summary>
internal sealed record LanguageScheduleConfig
{
    [Description("The course after the warm-up: stay, or fall along half a cosine.")]
    public ScheduleKind Kind { get; init; } = ScheduleKind.Cosine;

    [Range(0, int.MaxValue)]
    [Description("Steps over which the rate rises in a straight line.")]
    public int WarmupSteps { get; init; } = 100;

    [Range(0.0, 1.0)]
    [Description("Where the cosine ends, as a share of the learning rate.")]
    public double FinalShare { get; init; } = 0.1;
}
