using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;
using Kelvin.Transformers.Attention;

namespace Kelvin.Bench.Transformers;

/// <summary>Our forward pass, with or without vitals; counts floating-point operations, those above the diagonal left out.</summary>
internal sealed class AttentionForward(AttentionSetting setting, bool vitals, int threads) : IContestant
{
    public double UnitsPerRun => setting.Operations;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run() =>
        FusedAttention.Forward(setting.Inputs, setting.Options, setting.Output, setting.LogSumExp, vitals ? setting.Vitals : default, threads);
}
