using System.Numerics;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Rotary;

namespace Kelvin.Transformers.Models;

/// <summary>What every part of a pass must know.</summary>
/// <param name="Config">The model's.</param>
/// <param name="Rotary">The rotations of each position; null where positions are learnt.</param>
/// <param name="Length">Tokens in each sequence.</param>
/// <param name="Remedies">Those in force.</param>
/// <param name="Threads">At most so many.</param>
internal readonly record struct PassSettings<T>(TransformerConfig Config, RotaryTable<T>? Rotary, int Length, Remedies Remedies, int Threads)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the model has QK-norm, or the remedy is in force.</summary>
    public bool NormalisesQueriesAndKeys => Config.HasQueryKeyNorm || Remedies.NormalisesQueriesAndKeys;
}
