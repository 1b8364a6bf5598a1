using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Transformers.Rotary;

/// <summary>Turns queries and keys by the angles of their positions; the cosines and sines are computed once, in double.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// <para>(x, y) → c·(x cos a − y sin a, x sin a + y cos a), a = t·fᵢ, c = 1 but for yarn.</para>
/// <para>Accuracy: cosine and sine are those of the exact product t·fᵢ of doubles, rounded to T; |error| ≤ 3u·c·√(x² + y²).</para>
/// <para>Cost: 6 operations a pair; nothing on the heap after construction. A table may be used by many threads.</para>
/// </remarks>
public sealed class RotaryTable<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RotaryOptions _options;
    private T[] _cosines = [];
    private T[] _sines = [];
    private int _sequence;

    /// <summary>Makes a table of the positions 0 … <paramref name="length"/> − 1.</summary>
    /// <param name="options">The angles.</param>
    /// <param name="length">Positions, at least 1. With dynamic scaling it is the length of the sequence and sets the angles: make a new table as it grows.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public RotaryTable(RotaryOptions options, int length)
    {
        ArgumentNullException.ThrowIfNull(options);
        Require.FloatOrDouble<T>();
        options.Check();
        Require.Positive(length);
        _options = options;
        Fill(length, length);
    }

    /// <summary>Number of positions.</summary>
    public int Length { get; private set; }

    /// <summary>Turns every head of every row in place.</summary>
    /// <param name="vectors">Queries or keys, shape [rows, heads·d].</param>
    /// <param name="firstPosition">Position of the first row; row i is at position firstPosition + i.</param>
    /// <exception cref="ArgumentException">The columns are no multiple of d, or a position lies outside the table.</exception>
    public void Apply(MatrixView<T> vectors, int firstPosition = 0) => Turn(vectors, firstPosition, T.One);

    /// <summary>Turns gradients back, in place: ∂L/∂x from the gradient of what <see cref="Apply"/> made of x.</summary>
    /// <param name="gradients">∂L/∂(turned), shape [rows, heads·d].</param>
    /// <param name="firstPosition">As in the forward pass.</param>
    /// <exception cref="ArgumentException">The columns are no multiple of d, or a position lies outside the table.</exception>
    public void ApplyBackward(MatrixView<T> gradients, int firstPosition = 0) => Turn(gradients, firstPosition, -T.One);

    /// <summary>Makes this the table of a sequence of so many positions, at least: longer where it is too short, and with dynamic scaling of that length's angles.</summary>
    /// <remarks>Not while another thread uses it. It grows twofold, so that a sequence may grow token by token.</remarks>
    internal void Fit(int length)
    {
        bool hasOtherAngles = _options.Scaling == RotaryScaling.Dynamic && length != _sequence && Math.Max(length, _sequence) > _options.OriginalLength;
        if (length > Length || hasOtherAngles)
            Fill(length, length <= Length ? Length : Math.Max(length, (int)Math.Min(2L * Length, int.MaxValue)));
    }

    private void Fill(int sequence, int positions)
    {
        double[] frequencies = RotaryFrequencies.Of(_options, sequence);
        double factor = RotaryFrequencies.LengthFactor(_options);
        if (_cosines.Length < (long)positions * frequencies.Length)
            (_cosines, _sines) = (new T[checked(positions * frequencies.Length)], new T[checked(positions * frequencies.Length)]);
        for (int position = 0; position < positions; position++)
        {
            for (int i = 0; i < frequencies.Length; i++)
            {
                (double sine, double cosine) = Math.SinCos(position * frequencies[i]);
                _cosines[(position * frequencies.Length) + i] = T.CreateTruncating(factor * cosine);
                _sines[(position * frequencies.Length) + i] = T.CreateTruncating(factor * sine);
            }
        }

        (_sequence, Length) = (sequence, positions);
    }

    private void Turn(MatrixView<T> vectors, int firstPosition, T direction)
    {
        CheckFit(vectors.Rows, vectors.Columns, firstPosition);
        int pairs = _options.Turned / 2;
        for (int row = 0; row < vectors.Rows; row++)
        {
            ReadOnlySpan<T> cosines = _cosines.AsSpan((firstPosition + row) * pairs, pairs);
            ReadOnlySpan<T> sines = _sines.AsSpan((firstPosition + row) * pairs, pairs);
            Span<T> heads = vectors.Row(row);
            for (int head = 0; head < heads.Length; head += _options.HeadLength)
            {
                Span<T> turned = heads.Slice(head, 2 * pairs);
                if (_options.Layout == RotaryLayout.Halves)
                    TurnHalves(turned[..pairs], turned[pairs..], cosines, sines, direction);
                else
                    TurnPairs(turned, cosines, sines, direction);
            }
        }
    }

    private void CheckFit(int rows, int columns, int firstPosition)
    {
        if (columns % _options.HeadLength != 0)
            throw new ArgumentException($"The matrix has {columns} columns, but must have a multiple of the head length {_options.HeadLength}.", nameof(columns));
        if (firstPosition < 0 || firstPosition > Length - rows)
        {
            throw new ArgumentException(
                $"Rows at positions {firstPosition} … {(long)firstPosition + rows - 1} do not fit a table of {Length} positions; make a longer one.", nameof(firstPosition));
        }
    }

    private static void TurnHalves(Span<T> left, Span<T> right, ReadOnlySpan<T> cosines, ReadOnlySpan<T> sines, T direction)
    {
        int i = 0;
        for (; i <= left.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> x = new(left[i..]), y = new(right[i..]), cosine = new(cosines[i..]), sine = new Vector<T>(sines[i..]) * direction;
            ((x * cosine) - (y * sine)).CopyTo(left[i..]);
            ((x * sine) + (y * cosine)).CopyTo(right[i..]);
        }

        for (; i < left.Length; i++)
            (left[i], right[i]) = Turned(left[i], right[i], cosines[i], sines[i] * direction);
    }

    private static void TurnPairs(Span<T> pairs, ReadOnlySpan<T> cosines, ReadOnlySpan<T> sines, T direction)
    {
        for (int i = 0; i < cosines.Length; i++)
            (pairs[2 * i], pairs[(2 * i) + 1]) = Turned(pairs[2 * i], pairs[(2 * i) + 1], cosines[i], sines[i] * direction);
    }

    private static (T X, T Y) Turned(T x, T y, T cosine, T sine) => ((x * cosine) - (y * sine), (x * sine) + (y * cosine));
}
