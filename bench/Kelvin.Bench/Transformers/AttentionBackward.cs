using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;
using Kelvin.Linear;
using Kelvin.Transformers.Attention;

namespace Kelvin.Bench.Transformers;

/// <summary>Our backward pass; counts floating-point operations, 2.5 times the forward pass's.</summary>
internal sealed class AttentionBackward : IContestant
{
    private readonly AttentionSetting _setting;
    private readonly AttentionGradients<float> _gradients;
    private readonly int _threads;

    public AttentionBackward(AttentionSetting setting, int threads)
    {
        (_setting, _threads) = (setting, threads);
        _gradients = new AttentionGradients<float>
        {
            Queries = MatrixView.Allocate<float>(setting.Queries.Rows, setting.Queries.Columns),
            Keys = MatrixView.Allocate<float>(setting.Keys.Rows, setting.Keys.Columns),
            Values = MatrixView.Allocate<float>(setting.Values.Rows, setting.Values.Columns),
        };
        FusedAttention.Forward(setting.Inputs, setting.Options, setting.Output, setting.LogSumExp, default, threads);
    }

    public double UnitsPerRun => 2.5 * _setting.Operations;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run() =>
        FusedAttention.Backward(_setting.Inputs, _setting.Options, _setting.Output, _setting.LogSumExp, _setting.Values, _gradients, _threads);
}
