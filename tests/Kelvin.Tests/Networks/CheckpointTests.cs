using CsCheck;
using Kelvin.Networks;

namespace Kelvin.Tests.Networks;

public sealed class CheckpointTests
{
    public static TheoryData<HiddenActivation, OptimiserKind> Runs => new MatrixTheoryData<HiddenActivation, OptimiserKind>(
        Enum.GetValues<HiddenActivation>(), Enum.GetValues<OptimiserKind>());

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_resumed_run_equals_an_uninterrupted_one_to_the_bit(HiddenActivation activation, OptimiserKind optimiser)
    {
        NetworkOptions network = TrainingRun.Network with { Activation = activation };
        TrainingOptions options = TrainingRun.Options with { Optimiser = TrainingRun.Options.Optimiser with { Kind = optimiser } };
        Trainer<float> whole = TrainingRun.Make<float>(options, network);
        TrainingResult expected = whole.Go();

        for (int stop = 1; stop < whole.TotalSteps; stop += 5)
        {
            Trainer<float> first = TrainingRun.Make<float>(options, network);
            Assert.Equal(TrainingStatus.Paused, first.Go(maxSteps: stop).Status);
            Trainer<float> second = TrainingRun.Make<float>(options with { Threads = 2 }, network);
            TrainingRun.Restore(second, TrainingRun.Saved(first));
            TrainingResult result = second.Go();

            Assert.Equal(expected, result);
            Assert.Equal(TrainingRun.Saved(whole), TrainingRun.Saved(second));
        }
    }

    [Fact]
    public void A_run_resumed_after_its_end_is_over()
    {
        Trainer<double> whole = TrainingRun.Make<double>(TrainingRun.Options);
        TrainingResult expected = whole.Go();
        Trainer<double> again = TrainingRun.Make<double>(TrainingRun.Options);

        TrainingRun.Restore(again, TrainingRun.Saved(whole));

        Assert.Equal(expected, again.Go());
        Assert.True(again.Network.Parameters.Span.SequenceEqual(whole.Network.Parameters.Span));
    }

    [Fact]
    public void The_network_of_a_checkpoint_can_be_read_alone()
    {
        Trainer<float> trainer = TrainingRun.Make<float>(TrainingRun.Options);
        trainer.Go(maxSteps: 9);
        using var stream = new MemoryStream(TrainingRun.Saved(trainer));

        TwoLayerNetwork<float> network = Checkpoint.LoadNetwork<float>(stream, "run.ckpt");

        Assert.Equal(trainer.Network.Options, network.Options);
        Assert.True(network.Parameters.Span.SequenceEqual(trainer.Network.Parameters.Span));
    }

    [Fact]
    public void A_checkpoint_cut_off_anywhere_is_refused()
    {
        byte[] saved = TrainingRun.Saved(TrainingRun.Make<float>(TrainingRun.Options));
        for (int length = 0; length < saved.Length; length += length < 64 ? 1 : 97)
        {
            CheckpointException refused = Refused(saved[..length]);
            Assert.Contains("is cut off", refused.Message, StringComparison.Ordinal);
            Assert.Equal("run.ckpt", refused.File);
        }
    }

    [Fact]
    public void A_single_flipped_bit_anywhere_is_found() =>
        Gen.Select(Gen.Const(TrainingRun.Saved(TrainingRun.Make<float>(TrainingRun.Options))), Gen.Double[0, 1], Gen.Int[0, 7])
            .Sample(
                (saved, place, bit) =>
                {
                    byte[] damaged = [.. saved];
                    damaged[(int)(place * (saved.Length - 1))] ^= (byte)(1 << bit);
                    return Refused(damaged).Remedy.Length > 0;
                },
                iter: 300);

    [Fact]
    public void Bytes_after_the_end_are_found() =>
        Assert.Contains(
            "is damaged", Refused([.. TrainingRun.Saved(TrainingRun.Make<float>(TrainingRun.Options)), 0]).Message, StringComparison.Ordinal);

    [Fact]
    public void A_foreign_file_is_told_from_a_damaged_one() =>
        Assert.Equal("run.ckpt is not a Kelvin checkpoint.", Refused("PK\u0003\u0004 a zip file of some sort"u8.ToArray()).Message);

    [Fact]
    public void A_newer_format_asks_for_the_newer_version()
    {
        byte[] newer = TrainingRun.Saved(TrainingRun.Make<float>(TrainingRun.Options));
        newer[8] = 2;

        CheckpointException refused = Refused(newer);

        Assert.Equal("run.ckpt has format 2, but this version of Kelvin reads up to 1.", refused.Message);
        Assert.Contains("newer version", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_run_is_refused_by_the_name_of_the_option_that_differs()
    {
        byte[] saved = TrainingRun.Saved(TrainingRun.Make<float>(TrainingRun.Options));
        TrainingOptions faster = TrainingRun.Options with { Optimiser = TrainingRun.Options.Optimiser with { LearningRate = 0.03 } };

        CheckpointException refused = Assert.Throws<CheckpointException>(() => TrainingRun.Restore(TrainingRun.Make<float>(faster), saved));
        CheckpointException wider = Assert.Throws<CheckpointException>(
            () => TrainingRun.Restore(TrainingRun.Make<float>(TrainingRun.Options, TrainingRun.Network with { Hidden = 16 }), saved));
        CheckpointException precise = Assert.Throws<CheckpointException>(
            () => TrainingRun.Restore(TrainingRun.Make<double>(TrainingRun.Options), saved));

        Assert.Equal("run.ckpt belongs to another run: training.optimiser.learningRate is 0.02 there and 0.03 here.", refused.Message);
        Assert.Equal("run.ckpt belongs to another run: network.hidden is 14 there and 16 here.", wider.Message);
        Assert.Equal("run.ckpt holds a float network, but a double one is wanted.", precise.Message);
    }

    [Fact]
    public void Other_data_are_refused()
    {
        byte[] saved = TrainingRun.Saved(TrainingRun.Make<float>(TrainingRun.Options));
        var other = new Trainer<float>(
            TwoLayerNetwork.Create<float>(TrainingRun.Network, 7), TrainingRun.Clouds<float>(90, 5), TrainingRun.Clouds<float>(45, 2), TrainingRun.Options);

        CheckpointException refused = Assert.Throws<CheckpointException>(() => TrainingRun.Restore(other, saved));

        Assert.Equal("run.ckpt belongs to a run on other data or another split of it.", refused.Message);
    }

    [Fact]
    public void A_refused_checkpoint_leaves_the_run_as_it_was()
    {
        Trainer<float> trainer = TrainingRun.Make<float>(TrainingRun.Options);
        trainer.Go(maxSteps: 5);
        byte[] before = TrainingRun.Saved(trainer);
        byte[] damaged = [.. before];
        damaged[^40] ^= 1;

        Assert.Throws<CheckpointException>(() => TrainingRun.Restore(trainer, damaged));

        Assert.Equal(before, TrainingRun.Saved(trainer));
    }

    private static CheckpointException Refused(byte[] bytes)
    {
        Trainer<float> trainer = TrainingRun.Make<float>(TrainingRun.Options);
        return Assert.Throws<CheckpointException>(() => TrainingRun.Restore(trainer, bytes));
    }
}
