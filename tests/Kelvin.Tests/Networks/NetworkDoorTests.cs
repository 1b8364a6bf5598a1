using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tests.Networks;

public sealed class NetworkDoorTests
{
    private static readonly NetworkOptions Shape = TrainingRun.Network;

    public static TheoryData<NetworkOptions> BadNetworks =>
    [
        Shape with { Inputs = 0 },
        Shape with { Hidden = -1 },
        Shape with { Outputs = 0 },
        Shape with { Temperature = 0 },
        Shape with { Temperature = double.NaN },
        Shape with { InitialScale = -1 },
        Shape with { Activation = (HiddenActivation)9 },
        Shape with { Parametrisation = (Parametrisation)9 },
        Shape with { SymmetricStart = true, Hidden = 7 },
        Shape with { Inputs = int.MaxValue, Hidden = int.MaxValue },
    ];

    public static TheoryData<TrainingOptions> BadTrainings =>
    [
        new TrainingOptions { BatchSize = 0 },
        new TrainingOptions { Epochs = 0 },
        new TrainingOptions { MaxSteps = 0 },
        new TrainingOptions { ClipNorm = 0 },
        new TrainingOptions { ValidateEverySteps = 0 },
        new TrainingOptions { Patience = 0 },
        new TrainingOptions { Threads = 0 },
        new TrainingOptions { Optimiser = new() { LearningRate = double.NaN } },
        new TrainingOptions { Optimiser = new() { Momentum = 1 } },
        new TrainingOptions { Optimiser = new() { Beta2 = 1 } },
        new TrainingOptions { Optimiser = new() { Epsilon = 0 } },
        new TrainingOptions { Optimiser = new() { WeightDecay = -1 } },
        new TrainingOptions { Schedule = new() { WarmupSteps = -1 } },
        new TrainingOptions { Schedule = new() { FinalShare = 2 } },
        new TrainingOptions { Loss = new() { LabelSmoothing = 1 } },
        new TrainingOptions { Loss = new() { Kind = LossKind.Squared, LabelSmoothing = 0.1 } },
    ];

    [Theory]
    [MemberData(nameof(BadNetworks))]
    public void A_network_option_out_of_its_range_is_refused(NetworkOptions options) =>
        Assert.ThrowsAny<ArgumentException>(() => TwoLayerNetwork.Create<float>(options, 1));

    [Theory]
    [MemberData(nameof(BadTrainings))]
    public void A_training_option_out_of_its_range_is_refused(TrainingOptions options) =>
        Assert.ThrowsAny<ArgumentException>(() => TrainingRun.Make<float>(options));

    [Fact]
    public void Half_precision_networks_do_not_exist() =>
        Assert.Contains(
            "use float or double",
            Assert.Throws<ArgumentException>(() => TwoLayerNetwork.Create<Half>(Shape, 1)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_value_that_is_not_finite_is_named_by_its_place()
    {
        MatrixView<float> inputs = MatrixView.Allocate<float>(3, 2);
        inputs[2, 1] = float.NaN;

        ArgumentException refused = Assert.Throws<ArgumentException>(() => TrainingSet.Classification<float>(inputs, new int[3]));

        Assert.StartsWith("inputs[2, 1] is NaN, but must be finite to train on", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_set_is_refused() =>
        Assert.StartsWith(
            "inputs is empty",
            Assert.Throws<ArgumentException>(() => TrainingSet.Classification<float>(default, default)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_label_beyond_the_outputs_is_named()
    {
        TrainingSet<float> set = TrainingRun.Clouds<float>(30, 1);
        TwoLayerNetwork<float> network = TwoLayerNetwork.Create<float>(Shape with { Outputs = 2 }, 1);
        var workspace = new NetworkWorkspace<float>(network.Options, 30);

        ArgumentException trained = Assert.Throws<ArgumentException>(() => new Trainer<float>(network, set, validation: null, new TrainingOptions()));
        ArgumentOutOfRangeException measured = Assert.Throws<ArgumentOutOfRangeException>(
            () => network.LossAndGradient(set.Inputs, set.Labels, new LossOptions(), workspace));

        Assert.StartsWith("train has the label 2, but the network has 2 outputs", trained.Message, StringComparison.Ordinal);
        Assert.StartsWith("labels[2] is 2, but must be from 0 to 1.", measured.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sets_that_do_not_fit_the_network_are_refused()
    {
        TrainingSet<float> labelled = TrainingRun.Clouds<float>(30, 1);
        TrainingSet<float> real = TrainingSet.Regression<float>(labelled.Inputs, MatrixView.Allocate<float>(30, 2));
        var squared = new TrainingOptions { Loss = new LossOptions { Kind = LossKind.Squared } };

        Assert.Contains("cross-entropy needs labels", Refusal(real, Shape, new TrainingOptions()), StringComparison.Ordinal);
        Assert.Contains("2 targets a row", Refusal(real, Shape, squared), StringComparison.Ordinal);
        Assert.Contains("5 features", Refusal(labelled, Shape with { Inputs = 4 }, squared), StringComparison.Ordinal);
        Assert.Contains("Patience needs a validation set", Refusal(labelled, Shape, squared with { Patience = 3 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workspace_of_another_network_is_refused()
    {
        TwoLayerNetwork<float> network = TwoLayerNetwork.Create<float>(Shape, 1);
        var other = new NetworkWorkspace<float>(Shape with { Hidden = 4 }, 3);

        Assert.Throws<ArgumentException>(() => network.Forward(MatrixView.Allocate<float>(3, 5), other));
    }

    [Fact]
    public void Backward_asks_for_the_rows_that_Forward_saw()
    {
        TwoLayerNetwork<float> network = TwoLayerNetwork.Create<float>(Shape, 1);
        var workspace = new NetworkWorkspace<float>(Shape, 8);
        network.Forward(MatrixView.Allocate<float>(3, 5), workspace);

        Assert.Throws<ArgumentException>(() => network.Backward(MatrixView.Allocate<float>(4, 5), workspace));
    }

    private static string Refusal(TrainingSet<float> set, NetworkOptions network, TrainingOptions options) =>
        Assert.Throws<ArgumentException>(
            () => new Trainer<float>(TwoLayerNetwork.Create<float>(network, 1), set, validation: null, options)).Message;
}
