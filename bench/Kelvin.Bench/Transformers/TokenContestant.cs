using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;
using Kelvin.Transformers.Weights;

namespace Kelvin.Bench.Transformers;

/// <summary>The same as <see cref="DecodeContestant"/>, counted in tokens.</summary>
internal sealed class TokenContestant(WeightFormat format, int threads) : IContestant
{
    private readonly DecodeContestant _decode = new(format, threads);

    public double UnitsPerRun => 1e9;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // too few runs for the tiers: what it calls is called often enough
    public void Run() => _decode.Run();
}
