using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Kelvin.Cli.Training.Config;

/// <summary>Section <c>output</c>.</summary>
internal sealed record OutputConfig
{
    [Description("Folder for results, from the folder of this file; `--out` and KELVIN_OUT beat it. By default `runs/NAME` in the current folder.")]
    public string? Folder { get; init; }

    [Range(1, 1_000_000)]
    [Description("Epochs between checkpoints; one is written at the end and on Ctrl-C as well.")]
    public int CheckpointEpochs { get; init; } = 10;

    [Description("Whether report.html is written.")]
    public bool Report { get; init; } = true;
}
