using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;
using Kelvin.Transformers.Attention;

namespace Kelvin.Bench.Transformers;

/// <summary>One token over a cache far larger than the machine's; counts the bytes of keys and values.</summary>
internal sealed class AttentionDecode(AttentionSetting setting, int threads) : IContestant
{
    public double UnitsPerRun => 2.0 * sizeof(float) * setting.Keys.Rows * setting.Keys.Columns;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run() =>
        FusedAttention.Forward(setting.Inputs, setting.Options, setting.Output, setting.LogSumExp, setting.Vitals, threads);
}
