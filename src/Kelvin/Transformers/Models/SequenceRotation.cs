using System.Numerics;
using Kelvin.Linear;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Rotary;

namespace Kelvin.Transformers.Models;

/// <summary>Turns the queries and keys of every sequence of a batch by the angles of their positions.</summary>
internal static class SequenceRotation
{
    /// <summary>The angles of a model; null where its positions are learnt.</summary>
    public static RotaryTable<T>? Table<T>(TransformerConfig config)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => config.Rotary is { } rotary ? new RotaryTable<T>(Options(rotary, config.HeadSize), config.Context) : null;

    /// <summary>Turns them in place; what comes after queries and keys in a row is left alone.</summary>
    public static void Forward<T>(in PassSettings<T> pass, MatrixView<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (pass.Rotary is not null)
            ParallelRange.For(rows.Rows / pass.Length, 1, pass.Threads, new Body<T>(pass, rows, isBackward: false));
    }

    /// <summary>Turns their gradients back.</summary>
    public static void Backward<T>(in PassSettings<T> pass, MatrixView<T> gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (pass.Rotary is not null)
            ParallelRange.For(gradients.Rows / pass.Length, 1, pass.Threads, new Body<T>(pass, gradients, isBackward: true));
    }

    private static RotaryOptions Options(RotaryConfig rotary, int headSize) => new()
    {
        HeadLength = headSize,
        Base = rotary.Theta,
        Scaling = rotary.Scaling switch
        {
            RotaryScalingKind.Linear => RotaryScaling.Linear,
            RotaryScalingKind.Dynamic => RotaryScaling.Dynamic,
            RotaryScalingKind.Llama3 => RotaryScaling.Llama3,
            RotaryScalingKind.Yarn => RotaryScaling.Yarn,
            _ => RotaryScaling.None,
        },
        Factor = rotary.Factor,
        OriginalLength = rotary.OriginalContext,
        LowFrequencyFactor = rotary.LowFrequencyFactor,
        HighFrequencyFactor = rotary.HighFrequencyFactor,
        BetaFast = rotary.BetaFast,
        BetaSlow = rotary.BetaSlow,
        TruncateRamp = rotary.RoundsRamp,
        AttentionFactor = rotary.Scaling == RotaryScalingKind.Yarn ? rotary.AttentionFactor : null,
    };

    private readonly struct Body<T>(PassSettings<T> pass, MatrixView<T> rows, bool isBackward) : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            int width = (pass.Config.Heads + pass.Config.KeyValueHeads) * pass.Config.HeadSize;
            for (int sequence = start; sequence < end; sequence++)
            {
                MatrixView<T> turned = rows.Block(sequence * pass.Length, 0, pass.Length, width);
                if (isBackward)
                    pass.Rotary!.ApplyBackward(turned);
                else
                    pass.Rotary!.Apply(turned);
            }
        }
    }
}
