using Kelvin.Networks;

namespace Kelvin.Cli.Demo;

/// <summary>How much the demo does. Nothing else decides its results: same plan, same numbers on any number of threads.</summary>
internal sealed record DemoPlan
{
    /// <summary>The activations that are compared, in the order in which they are told.</summary>
    public static IReadOnlyList<HiddenActivation> Activations { get; } = [HiddenActivation.Softmax, HiddenActivation.Exp, HiddenActivation.Relu];

    /// <summary>The regimes of the stability runs, likewise.</summary>
    public static IReadOnlyList<StepRegime> Regimes { get; } = [StepRegime.Safe, StepRegime.Rising, StepRegime.TooLarge];

    /// <summary>What the logits are multiplied by in the first mechanism.</summary>
    public static IReadOnlyList<double> LogitFactors { get; } = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

    /// <summary>Whether this is the quick demo.</summary>
    public required bool IsQuick { get; init; }

    /// <summary>The seed that all others follow from.</summary>
    public required int Seed { get; init; }

    /// <summary>Seeds of the stability runs and the mechanisms.</summary>
    public required int StabilitySeeds { get; init; }

    /// <summary>Hidden units of the stability networks; even.</summary>
    public required int StabilityHidden { get; init; }

    /// <summary>Steps of a stability run, each over the whole training set.</summary>
    public required int StabilitySteps { get; init; }

    /// <summary>Steps of the safe run at which the gradient's smoothness is measured.</summary>
    public required int SmoothnessProbes { get; init; }

    /// <summary>Seeds of the networks trained for accuracy.</summary>
    public required int AccuracySeeds { get; init; }

    /// <summary>Of those, the seeds on which the candidates compete.</summary>
    public required int SelectionSeeds { get; init; }

    /// <summary>Hidden units of the networks trained for accuracy.</summary>
    public required int AccuracyHidden { get; init; }

    /// <summary>Passes through the data of the networks trained for accuracy.</summary>
    public required int AccuracyEpochs { get; init; }

    /// <summary>The learning rates that compete on the validation set.</summary>
    public required IReadOnlyList<double> LearningRates { get; init; }

    /// <summary>Training rows of the network that is made overconfident.</summary>
    public required int OverconfidentRows { get; init; }

    /// <summary>Passes through those rows.</summary>
    public required int OverconfidentEpochs { get; init; }

    /// <summary>Bootstrap samples behind each interval of the calibration.</summary>
    public required int Resamples { get; init; }

    /// <summary>The safe step as a share of the stable one.</summary>
    public double SafeShare { get; init; } = 0.25;

    /// <summary>The step that is too large, as a multiple of the stable one.</summary>
    public double TooLargeTimes { get; init; } = 16;

    /// <summary>A demo of about half a minute.</summary>
    public static DemoPlan Quick(int seed) => new()
    {
        IsQuick = true,
        Seed = seed,
        StabilitySeeds = 3,
        StabilityHidden = 128,
        StabilitySteps = 200,
        SmoothnessProbes = 20,
        AccuracySeeds = 4,
        SelectionSeeds = 2,
        AccuracyHidden = 256,
        AccuracyEpochs = 30,
        LearningRates = [0.003, 0.01],
        OverconfidentRows = 200,
        OverconfidentEpochs = 300,
        Resamples = 1000,
    };

    /// <summary>A demo of about two minutes.</summary>
    public static DemoPlan Full(int seed) => Quick(seed) with
    {
        IsQuick = false,
        StabilitySeeds = 8,
        StabilityHidden = 256,
        StabilitySteps = 400,
        SmoothnessProbes = 40,
        AccuracySeeds = 10,
        SelectionSeeds = 3,
        AccuracyEpochs = 40,
        LearningRates = [0.001, 0.003, 0.01],
        Resamples = 2000,
    };

    /// <summary>The theory's model: output weights ±1 and fixed, no biases, outputs 0 at the start, inputs on the unit sphere.</summary>
    public NetworkOptions StabilityNetwork(HiddenActivation activation, DemoData data) => new()
    {
        Inputs = data.Features,
        Hidden = StabilityHidden,
        Outputs = data.Classes,
        Activation = activation,
        Parametrisation = Parametrisation.Ntk,
        TrainOutputWeights = false,
        UseBias = false,
        SymmetricStart = true,
    };

    /// <summary>The network one would use: everything trained, with biases.</summary>
    public NetworkOptions AccuracyNetwork(HiddenActivation activation, DemoData data) => new()
    {
        Inputs = data.Features,
        Hidden = AccuracyHidden,
        Outputs = data.Classes,
        Activation = activation,
        InitialScale = activation == HiddenActivation.Exp ? 0.5 : 1,
    };
}
