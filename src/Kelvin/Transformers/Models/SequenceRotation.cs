using System.Numerics;
using Kelvin.Linear;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Rotary;

namespace Kelvin.Transformers.Models;

/// <summary>Turns the queries and keys of every sequence of a batch by the angles of their positions.</summary>
internal static class SequenceRotation
{
    /// <summary>The angles of a model for sequences of so many tokens; null where positions are not rotary.</summary>
    /// <param name="config">The model.</param>
    /// <param name="length">Tokens of the longest sequence; only dynamic scaling asks.</param>
    /// <param name="last">The table that was made before, kept if it does.</param>
    public static RotaryTable<T>? Table<T>(TransformerConfig config, int length, RotaryTable<T>? last = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (config.Rotary is not { } rotary)
            return null;
        int positions = rotary.Scaling == RotaryScaling.Dynamic ? length : config.Context;
        return last?.Length == positions ? last : new RotaryTable<T>(RotaryOptions.Of(rotary, config.HeadSize), positions);
    }

    /// <summary>Turns them in place; what comes after queries and keys in a row is left alone.</summary>
    public static void Forward<T>(in PassSettings<T> pass, MatrixView<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (pass.Rotary is not null)
            ParallelRange.For(pass.Sequences, 1, pass.Threads, new Body<T>(pass, rows, isBackward: false));
    }

    /// <summary>Turns their gradients back.</summary>
    public static void Backward<T>(in PassSettings<T> pass, MatrixView<T> gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (pass.Rotary is not null)
            ParallelRange.For(pass.Sequences, 1, pass.Threads, new Body<T>(pass, gradients, isBackward: true));
    }

    private readonly struct Body<T>(PassSettings<T> pass, MatrixView<T> rows, bool isBackward) : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            int width = (pass.Config.Heads + pass.Config.KeyValueHeads) * pass.Config.HeadSize;
            for (int sequence = start; sequence < end; sequence++)
            {
                (int first, int length) = pass.Place(sequence);
                MatrixView<T> turned = rows.Block(first, 0, length, width);
                if (isBackward)
                    pass.Rotary!.ApplyBackward(turned);
                else
                    pass.Rotary!.Apply(turned);
            }
        }
    }
}
