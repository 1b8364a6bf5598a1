namespace Kelvin.Cli.Tests.Training;

/// <summary>Configurations that train in a moment, and one that trains until it is stopped.</summary>
internal static class TrainConfigs
{
    public const string Quick = """
        data: { source: iris }
        network: { hidden: 16 }
        training: { epochs: 12 }
        calibration: { resamples: 100 }
        output: { checkpoint_epochs: 3 }
        """;

    public const string Endless = """
        data: { source: digits }
        network: { hidden: 64 }
        training: { epochs: 100000 }
        output: { checkpoint_epochs: 100000 }
        """;

    public const string TooLargeStep = """
        data: { source: digits }
        network: { activation: relu, hidden: 32 }
        optimiser: { kind: sgd, learning_rate: 1000 }
        training: { epochs: 3 }
        calibration: { resamples: 100 }
        """;
}
