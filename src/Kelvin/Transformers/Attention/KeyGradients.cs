using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>Sums of dK and dV, apart for each key head and each share of its queries, so that threads never meet; the calling thread keeps the memory.</summary>
/// <remarks>The number of shares follows from the shapes alone, and so does every bit of the result.</remarks>
internal sealed class KeyGradients<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Pieces of work to aim at.</summary>
    private const int Pieces = 8;

    /// <summary>More shares of one head would take more memory than K and V themselves, several times over.</summary>
    private const int MostShares = 2;

    [ThreadStatic]
    private static KeyGradients<T>? _sums;

    private readonly PackBuffer<T> _keys = new();
    private readonly PackBuffer<T> _values = new();
    private int _keySize;
    private int _valueSize;
    private double[] _sinks = [];

    public static KeyGradients<T> ForThisThread => _sums ??= new KeyGradients<T>();

    /// <summary>Shares that the tiles of queries of a head are dealt to in turn.</summary>
    public int Shares { get; private set; }

    /// <summary>The sums of dsink: share after share, and for each the query heads of one round.</summary>
    public Span<double> Sinks(int share, int queryHeads) => _sinks.AsSpan(share * queryHeads, queryHeads);

    /// <summary>Makes room for as many key heads at a time.</summary>
    public void Prepare(int heads, int queryHeads, int queries, int keys, int keyColumns, int valueColumns)
    {
        Shares = Math.Clamp(Math.Min(Pieces / heads, TileSize.Count(queries, TileSize.Queries)), 1, MostShares);
        int rows = TileSize.Whole(keys, TileSize.Step);
        (_keySize, _valueSize) = (checked(rows * keyColumns), checked(rows * valueColumns));
        _keys.Take(Math.Max(1, checked(heads * Shares * _keySize)));
        _values.Take(Math.Max(1, checked(heads * Shares * _valueSize)));
        if (_sinks.Length < Shares * queryHeads)
            _sinks = new double[Shares * queryHeads];
    }

    /// <summary>The sum of dK of a head and a share.</summary>
    public Span<T> Keys(int slot, int share) => Part(_keys, _keySize, slot, share);

    /// <summary>The sum of dV of a head and a share.</summary>
    public Span<T> Values(int slot, int share) => Part(_values, _valueSize, slot, share);

    private Span<T> Part(PackBuffer<T> buffer, int size, int slot, int share) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref buffer.Take(0), (nint)((slot * Shares) + share) * size), size);
}
