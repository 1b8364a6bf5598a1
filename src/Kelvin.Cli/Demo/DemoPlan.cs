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

    /// <summary>Seeds of the networks whose training is predicted from their tangent kernel.</summary>
    public required int KernelSeeds { get; init; }

    /// <summary>Their widths, even, from narrow to wide.</summary>
    public IReadOnlyList<int> KernelWidths { get; init; } = [128, 2048];

    /// <summary>Images they are trained on.</summary>
    public required int KernelRows { get; init; }

    /// <summary>Steps that are predicted.</summary>
    public required int KernelSteps { get; init; }

    /// <summary>Seeds of the networks trained for accuracy.</summary>
    public required int AccuracySeeds { get; init; }

    /// <summary>Of those, the seeds on which the candidates compete.</summary>
    public required int SelectionSeeds { get; init; }

    /// <summary>Passes through the data of the networks trained for accuracy.</summary>
    public required int AccuracyEpochs { get; init; }

    /// <summary>The learning rates that compete on the validation set.</summary>
    public required IReadOnlyList<double> LearningRates { get; init; }

    /// <summary>Training rows of the network that is made overconfident.</summary>
    public required int OverconfidentRows { get; init; }

    /// <summary>Passes through those rows.</summary>
    public required int OverconfidentEpochs { get; init; }

    /// <summary>Questions of each task and phrasing that the built-in language model gets.</summary>
    public required int Questions { get; init; }

    /// <summary>Bootstrap samples behind each interval of the calibration.</summary>
    public required int Resamples { get; init; }

    /// <summary>The safe step as a share of the stable one.</summary>
    public double SafeShare { get; init; } = 0.25;

    /// <summary>The step that is too large, as a multiple of the stable one.</summary>
    public double TooLargeTimes { get; init; } = 16;

    /// <summary>A demo of about ten seconds.</summary>
    public static DemoPlan Quick(int seed) => new()
    {
        IsQuick = true,
        Seed = seed,
        StabilitySeeds = 5,
        StabilityHidden = 128,
        StabilitySteps = 200,
        SmoothnessProbes = 20,
        KernelSeeds = 2,
        KernelRows = 48,
        KernelSteps = 500,
        AccuracySeeds = 4,
        SelectionSeeds = 2,
        AccuracyEpochs = 30,
        LearningRates = [0.003, 0.005],
        OverconfidentRows = 180,
        OverconfidentEpochs = 400,
        Questions = 20,
        Resamples = 1000,
    };

    /// <summary>A demo of about a minute.</summary>
    public static DemoPlan Full(int seed) => Quick(seed) with
    {
        IsQuick = false,
        StabilitySeeds = 10,
        StabilityHidden = 256,
        StabilitySteps = 800,
        SmoothnessProbes = 40,
        KernelSeeds = 5,
        KernelRows = 80,
        KernelSteps = 1000,
        AccuracySeeds = 10,
        SelectionSeeds = 3,
        AccuracyEpochs = 40,
        LearningRates = [0.002, 0.003, 0.005, 0.008],
        Questions = 60,
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

    /// <summary>The network one would use: everything trained, with biases; sizes and temperatures as docs/networks.md found them.</summary>
    public static NetworkOptions AccuracyNetwork(HiddenActivation activation, DemoData data)
    {
        bool isSoftmax = activation == HiddenActivation.Softmax;
        return new NetworkOptions
        {
            Inputs = data.Features,
            Hidden = isSoftmax ? 512 : 256,
            Outputs = data.Classes,
            Activation = activation,
            Temperature = isSoftmax ? 0.03 : 0.25,
            InitialScale = isSoftmax ? 0.3 : 1,
            OutputInitialScale = isSoftmax ? 20 : 1,
        };
    }

    /// <summary>How it is trained: in mini-batches, the learning rate falling along a cosine, with weight decay and label smoothing.</summary>
    public TrainingOptions AccuracyTraining(HiddenActivation activation, double learningRate, int seed)
    {
        bool isSoftmax = activation == HiddenActivation.Softmax;
        return new TrainingOptions
        {
            Loss = new LossOptions { LabelSmoothing = isSoftmax ? 0.05 : 0.1 },
            Optimiser = new OptimiserOptions { Kind = OptimiserKind.AdamW, LearningRate = learningRate, WeightDecay = isSoftmax ? 0.3 : 0.03 },
            Schedule = new ScheduleOptions { Kind = ScheduleKind.Cosine },
            BatchSize = 32,
            Epochs = AccuracyEpochs,
            Seed = seed,
            SelectBy = SelectionMetric.Accuracy,
        };
    }

    /// <summary>Training that ends in overconfidence: few rows, many passes, and nothing that holds the confidence back.</summary>
    public TrainingOptions OverconfidentTraining => new()
    {
        Optimiser = new OptimiserOptions { Kind = OptimiserKind.AdamW, LearningRate = 0.01 },
        Schedule = new ScheduleOptions { Kind = ScheduleKind.Cosine },
        BatchSize = 16,
        Epochs = OverconfidentEpochs,
        Seed = Seed,
    };
}
