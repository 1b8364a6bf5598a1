using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Kelvin.Cli.Training.Language.Config;

/// <summary>Section <c>output</c> of a transformer.</summary>
internal sealed record LanguageOutputConfig
{
    [Description("Folder for results, from the folder of this file; `--out` and KELVIN_OUT beat it. By default `runs/NAME` in the current folder.")]
    public string? Folder { get; init; }

    [Range(1, 100_000_000)]
    [Description("Steps between checkpoints; one is written at the end and on Ctrl-C as well.")]
    public int CheckpointSteps { get; init; } = 500;

    [Range(1, 100_000_000)]
    [Description("Every how many steps the vitals of each head go into metrics.csv; the monitor sees all of them.")]
    public int HeadSteps { get; init; } = 10;

    [Description("Whether report.html is written.")]
    public bool Report { get; init; } = true;

    [Description("How the weights of the finished model are stored.")]
    public WeightFile Weights { get; init; } = WeightFile.F32;
}
