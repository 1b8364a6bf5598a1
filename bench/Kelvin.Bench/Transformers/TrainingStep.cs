using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Training;

namespace Kelvin.Bench.Transformers;

/// <summary>One whole training step of a small transformer, vitals of every softmax included; counts the operations of its products.</summary>
/// <remarks>6 for each weight of a matrix and token (the embedding counts as the head), and of attention the half that is not masked.</remarks>
internal sealed class TrainingStep : IContestant
{
    private const int Length = 256;
    private const int Sequences = 8;
    private readonly TransformerTrainer<float> _trainer;

    public TrainingStep(TransformerConfig config, int threads)
    {
        TransformerModel<float> model = TransformerModel.Create<float>(config, 1);
        int[] text = [.. Enumerable.Range(0, 100_000).Select(i => (int)((long)i * i % config.VocabularySize))];
        var options = new TransformerTrainingOptions { Sequences = Sequences, Steps = long.MaxValue, Threads = threads };
        _trainer = new TransformerTrainer<float>(model, TokenSet.OfText(text, Length), null, options);
        long positions = config.Rotary is null ? (long)config.Context * config.Width : 0;
        double weights = model.Layout.Decayed - positions;
        double attention = 6.0 * config.Layers * Length * config.Heads * config.HeadSize;
        UnitsPerRun = Sequences * Length * ((6 * weights) + attention);
    }

    public static TransformerConfig Gpt2 { get; } = new()
    {
        Family = ModelFamily.Gpt2,
        VocabularySize = 1024,
        Context = Length,
        Width = 256,
        Layers = 4,
        Heads = 4,
        KeyValueHeads = 4,
        HeadSize = 64,
        FeedForwardWidth = 1024,
        Activation = ActivationKind.GeluTanh,
        NormEpsilon = 1e-5,
        HasTiedEmbeddings = true,
        HasAttentionBias = true,
        HasFeedForwardBias = true,
    };

    public static TransformerConfig Llama { get; } = Gpt2 with
    {
        Family = ModelFamily.Llama,
        KeyValueHeads = 2,
        FeedForwardWidth = 688,
        Activation = ActivationKind.Silu,
        Rotary = new RotaryConfig(),
        HasAttentionBias = false,
        HasFeedForwardBias = false,
    };

    public double UnitsPerRun { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // too few runs for the tiers: what it calls is called often enough
    public void Run() => _trainer.Run(maxSteps: 1);
}
