using System.Numerics;
using System.Runtime.InteropServices;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>A thread's own room for the tiles of attention, kept from one call to the next.</summary>
internal sealed class AttentionRoom<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [ThreadStatic]
    private static AttentionRoom<T>? _room;

    public static AttentionRoom<T> ForThisThread => _room ??= new AttentionRoom<T>();

    /// <summary>Qᵀ in strips.</summary>
    public PackBuffer<T> QueryStrips { get; } = new();

    /// <summary>dOᵀ in strips.</summary>
    public PackBuffer<T> GradientStrips { get; } = new();

    /// <summary>S, then P: [keys, queries] with <see cref="TileSize.Queries"/> from one key to the next.</summary>
    public PackBuffer<T> Scores { get; } = new();

    /// <summary>dP, then dS, as S lies.</summary>
    public PackBuffer<T> GradientScores { get; } = new();

    /// <summary>The soft-cap's derivative, as S lies.</summary>
    public PackBuffer<T> Slopes { get; } = new();

    /// <summary>The tile of O or dQ.</summary>
    public PackBuffer<T> Output { get; } = new();

    /// <summary>V or K in strips.</summary>
    public PackBuffer<T> KeySide { get; } = new();

    /// <summary>What of Q's strips cannot be read in place.</summary>
    public PackBuffer<T> QuerySide { get; } = new();

    /// <summary>What of dO's strips cannot be read in place.</summary>
    public PackBuffer<T> GradientSide { get; } = new();

    public OnlineRows<T> Rows { get; } = new();

    public Sight<T> Sight { get; } = new();

    /// <summary>Position of the tile's first key minus that of each query; in the backward pass also lse, D.</summary>
    public T[] Distance { get; } = new T[TileSize.Queries];

    /// <summary>lse of each query; +∞ where nothing is seen.</summary>
    public T[] LogSumExp { get; } = new T[TileSize.Queries];

    /// <summary>D = ⟨dO, O⟩ of each query.</summary>
    public T[] Inner { get; } = new T[TileSize.Queries];

    /// <summary><see cref="Output"/>, set to 0: so many rows, rounded up as products need it.</summary>
    public Span<T> ClearOutput(int rows, int stride)
    {
        Span<T> tile = MemoryMarshal.CreateSpan(ref Output.Take(TileSize.Queries * stride), TileSize.Whole(rows, TileSize.Step) * stride);
        tile.Clear();
        return tile;
    }
}
