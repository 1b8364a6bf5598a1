using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;
using Kelvin.Linear;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Weights;

namespace Kelvin.Bench.Transformers;

/// <summary>One token after another of a single sequence of 64 to 128 tokens; counts the bytes that each token reads: all weights, and the keys and values so far.</summary>
internal sealed class DecodeContestant : IContestant
{
    private const int Shortest = 64;
    private const int Longest = 128;
    private readonly LanguageModel _model;
    private readonly InferencePass _pass;
    private readonly KeyValueCache _cache;
    private readonly MatrixView<float> _logits;
    private readonly int[] _token = [1];

    public DecodeContestant(WeightFormat format, int threads)
    {
        _model = LanguageModel.Load(new RandomLlama(), format);
        _pass = new InferencePass(_model, threads);
        _cache = new KeyValueCache(_model.Config, Longest);
        _logits = MatrixView.Allocate<float>(1, _model.Config.VocabularySize);
        _pass.Forward(new SequenceChunk(_cache, Enumerable.Range(0, Shortest).ToArray()), LogitRows.Last, _logits);
    }

    public double UnitsPerRun => _model.WeightBytes + (2.0 * sizeof(float) * _model.Config.Layers * _model.Config.KeyValueHeads * _model.Config.HeadSize * (Shortest + Longest) / 2);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // too few runs for the tiers: what it calls is called often enough
    public void Run()
    {
        if (_cache.Length == Longest)
            _cache.Truncate(Shortest);
        _pass.Forward(new SequenceChunk(_cache, _token), LogitRows.Last, _logits);
    }
}
