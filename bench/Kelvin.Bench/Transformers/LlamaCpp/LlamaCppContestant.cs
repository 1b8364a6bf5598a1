using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;
using Kelvin.Transformers.Weights;

namespace Kelvin.Bench.Transformers.LlamaCpp;

/// <summary>llama.cpp on the same weights: one token after another of a sequence of 64 to 128 tokens, or a prompt of 512; counts tokens.</summary>
internal sealed class LlamaCppContestant : IContestant
{
    private readonly nint _context;
    private readonly int[] _tokens;
    private readonly int _shortest;
    private readonly int _longest;
    private int _length;

    public LlamaCppContestant(WeightFormat format, int threads, int tokens)
    {
        (_tokens, _shortest, _longest) = (tokens == 1 ? [1] : [.. Enumerable.Range(0, tokens)], tokens == 1 ? 64 : 0, tokens == 1 ? 128 : tokens);
        _context = Open(format, threads);
        if (_shortest > 0)
            LlamaCppLibrary.Decode(_context, [.. Enumerable.Range(0, _shortest)]);
        _length = _shortest;
    }

    public double UnitsPerRun => _tokens.Length * 1e9;

    /// <summary>Opens the random model; its file is deleted as soon as it is mapped.</summary>
    public static nint Open(WeightFormat format, int threads)
    {
        string file = Path.Combine(Path.GetTempPath(), $"kelvin-bench-{Guid.NewGuid():N}.gguf");
        try
        {
            var model = new RandomLlama();
            GgufFile.Write(file, model, format);
            return LlamaCppLibrary.Open(file, model.Config.Context, threads);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // too few runs for the tiers: what it calls is called often enough
    public void Run()
    {
        if (_length + _tokens.Length > _longest)
        {
            LlamaCppLibrary.Truncate(_context, _shortest);
            _length = _shortest;
        }

        LlamaCppLibrary.Decode(_context, _tokens);
        _length += _tokens.Length;
        _ = LlamaCppLibrary.LastLogits(_context, 1)[0];
    }
}
