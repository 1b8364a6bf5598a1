using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;
using Kelvin.Linear;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Weights;

namespace Kelvin.Bench.Transformers;

/// <summary>Reads a prompt of 512 tokens at once; counts tokens.</summary>
internal sealed class PrefillContestant : IContestant
{
    public const int Length = 512;

    private readonly InferencePass _pass;
    private readonly KeyValueCache _cache;
    private readonly MatrixView<float> _logits;
    private readonly int[] _prompt = [.. Enumerable.Range(0, Length)];

    public PrefillContestant(WeightFormat format, int threads)
    {
        LanguageModel model = LanguageModel.Load(new RandomLlama(), format);
        _pass = new InferencePass(model, threads);
        _cache = new KeyValueCache(model.Config, Length);
        _logits = MatrixView.Allocate<float>(1, model.Config.VocabularySize);
    }

    public double UnitsPerRun => Length * 1e9;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // too few runs for the tiers: what it calls is called often enough
    public void Run()
    {
        _cache.Truncate(0);
        _pass.Forward(new SequenceChunk(_cache, _prompt), LogitRows.Last, _logits);
    }
}
