namespace Kelvin.Softmax;

/// <summary>Says how many entries at the start of each row take part; the rest is treated as −∞.</summary>
/// <remarks>The default mask keeps every entry. Arbitrary masks need none of this: write −∞ into the logits.</remarks>
public readonly struct RowMask : IEquatable<RowMask>
{
    private readonly Kind _kind;
    private readonly int _offset;
    private readonly ReadOnlyMemory<int> _lengths;

    private RowMask(Kind kind, int offset, ReadOnlyMemory<int> lengths)
    {
        _kind = kind;
        _offset = offset;
        _lengths = lengths;
    }

    private enum Kind
    {
        None,
        Lengths,
        Causal,
    }

    /// <summary>Keeps every entry.</summary>
    public static RowMask None => default;

    /// <summary>Keeps the first <paramref name="lengths"/>[i] entries of row i; 0 masks the row entirely.</summary>
    /// <param name="lengths">One length a row, from 0 to the number of columns. Read at each call, not copied.</param>
    public static RowMask Lengths(ReadOnlyMemory<int> lengths) => new(Kind.Lengths, 0, lengths);

    /// <summary>Keeps columns 0 … i + <paramref name="offset"/> of row i: query i sees no later key.</summary>
    /// <param name="offset">Keys that precede the first query, such as a cached prefix.</param>
    public static RowMask Causal(int offset = 0)
    {
        Require.That(offset >= 0, "offset is negative, but must be at least 0: the first query sees its own key.", nameof(offset));
        return new RowMask(Kind.Causal, offset, default);
    }

    /// <summary>Whether two masks are of one kind, with the same offset and the same memory of lengths.</summary>
    public static bool operator ==(RowMask left, RowMask right) => left.Equals(right);

    /// <summary>Whether two masks differ in kind, offset or memory of lengths.</summary>
    public static bool operator !=(RowMask left, RowMask right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(RowMask other) => _kind == other._kind && _offset == other._offset && _lengths.Equals(other._lengths);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RowMask other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_kind, _offset, _lengths);

    /// <summary>Number of entries of row <paramref name="row"/> that take part.</summary>
    internal int Kept(int row, int columns) => _kind switch
    {
        Kind.Lengths => _lengths.Span[row],
        Kind.Causal => (int)Math.Min(columns, (long)row + _offset + 1),
        _ => columns,
    };

    /// <summary>Checks that there is a length from 0 to <paramref name="columns"/> for every row.</summary>
    internal void Check(int rows, int columns, string name)
    {
        if (_kind != Kind.Lengths)
            return;
        Require.Length(_lengths.Span, rows, name);
        foreach (int length in _lengths.Span)
            Require.Between(length, 0, columns, name);
    }
}
