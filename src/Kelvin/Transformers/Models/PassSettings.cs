using System.Numerics;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Rotary;

namespace Kelvin.Transformers.Models;

/// <summary>What every part of a pass must know.</summary>
/// <param name="Config">The model's.</param>
/// <param name="Rotary">The rotations of each position; null where positions are learnt.</param>
/// <param name="Starts">The row at which each sequence starts, and last the one at which the last of them ends.</param>
/// <param name="Remedies">Those in force.</param>
/// <param name="Threads">At most so many.</param>
internal readonly record struct PassSettings<T>(TransformerConfig Config, RotaryTable<T>? Rotary, ReadOnlyMemory<int> Starts, Remedies Remedies, int Threads)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many sequences there are.</summary>
    public int Sequences => Starts.Length - 1;

    /// <summary>Where a sequence starts, and how many tokens it has.</summary>
    public (int Start, int Length) Place(int sequence)
    {
        ReadOnlySpan<int> starts = Starts.Span;
        return (starts[sequence], starts[sequence + 1] - starts[sequence]);
    }

    /// <summary>Whether the model has QK-norm, or the remedy is in force.</summary>
    public bool NormalisesQueriesAndKeys => Config.HasQueryKeyNorm || Remedies.NormalisesQueriesAndKeys;
}
