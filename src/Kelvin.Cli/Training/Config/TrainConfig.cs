using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Kelvin.Cli.Training.Config;

/// <summary>What <c>kelvin train FILE.yaml</c> reads. Its documentation, docs/configuration.md, is generated from these types.</summary>
internal sealed record TrainConfig
{
    [Description("What the run is called in reports and folders; by default the name of the file.")]
    public string? Name { get; init; }

    [Required]
    [Description("The examples to learn from.")]
    public DataConfig Data { get; init; } = new();

    [Description("The two-layer network.")]
    public NetworkConfig Network { get; init; } = new();

    [Description("What is made small.")]
    public LossConfig Loss { get; init; } = new();

    [Description("How gradients become updates.")]
    public OptimiserConfig Optimiser { get; init; } = new();

    [Description("The learning rate's course over the run.")]
    public ScheduleConfig Schedule { get; init; } = new();

    [Description("Batches, epochs, early stopping and seeds.")]
    public TrainingConfig Training { get; init; } = new();

    [Description("The temperature that is fitted on the validation set after training.")]
    public CalibrationConfig Calibration { get; init; } = new();

    [Description("What is written, and where.")]
    public OutputConfig Output { get; init; } = new();
}
