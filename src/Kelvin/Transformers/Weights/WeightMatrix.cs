using Kelvin.Linear;

namespace Kelvin.Transformers.Weights;

/// <summary>A weight matrix W [outputs, inputs], kept in a format of 1 to 4 bytes a number and multiplied in float.</summary>
/// <remarks>It cannot be changed once it is made, and any number of threads may multiply with it.</remarks>
public sealed class WeightMatrix
{
    /// <summary>Up to so many rows of X, W is streamed; beyond, it is widened and goes through the GEMM.</summary>
    private const int MostStreamed = 12;

    /// <summary>Bytes of W in a piece of work: half a microsecond, so that threads end together.</summary>
    private const int StreamGrain = 8192;

    private const int PanelGrain = 128;
    private readonly StoredRows _rows;

    /// <summary>Rounds rows to a format as they are read, so that no second copy of the matrix is needed.</summary>
    /// <param name="outputs">Rows of W, at least 1.</param>
    /// <param name="inputs">Columns of W, at least 1.</param>
    /// <param name="format">How to keep it.</param>
    /// <param name="rows">Called once for each row, in order.</param>
    /// <exception cref="ArgumentException">A size is below 1, or the format is I8 and a row holds NaN or ±∞.</exception>
    public WeightMatrix(int outputs, int inputs, WeightFormat format, WeightRow rows)
    {
        Require.Positive(outputs);
        Require.Positive(inputs);
        ArgumentNullException.ThrowIfNull(rows);
        (Outputs, Inputs, Format) = (outputs, inputs, format);
        _rows = WeightRounding.Round(outputs, inputs, format, rows);
    }

    /// <summary>A matrix whose rows lie elsewhere.</summary>
    internal WeightMatrix(int outputs, int inputs, StoredRows rows) => (Outputs, Inputs, Format, _rows) = (outputs, inputs, WeightFormat.F32, rows);

    /// <summary>Rows of W: numbers that come out.</summary>
    public int Outputs { get; }

    /// <summary>Columns of W: numbers that go in.</summary>
    public int Inputs { get; }

    /// <summary>How the numbers are kept.</summary>
    public WeightFormat Format { get; }

    /// <summary>Bytes of the numbers and their scales: what one product reads from memory.</summary>
    public long Bytes => _rows.Bytes;

    /// <summary>Rounds a matrix of floats to a format and keeps a copy.</summary>
    /// <param name="weights">W, shape [outputs, inputs], neither 0.</param>
    /// <param name="format">How to keep it.</param>
    /// <exception cref="ArgumentException">The matrix is empty, or the format is I8 and the matrix holds NaN or ±∞.</exception>
    public static WeightMatrix From(ReadOnlyMatrixView<float> weights, WeightFormat format) =>
        new(weights.Rows, weights.Columns, format, (row, destination) => weights.Row(row).CopyTo(destination));

    /// <summary>Sets Y to X·Wᵀ.</summary>
    /// <param name="x">X, shape [n, inputs]: a row for each token.</param>
    /// <param name="y">Y, shape [n, outputs]. Must share no element with X.</param>
    /// <param name="threads">At most so many; the result is the same to the bit.</param>
    /// <remarks>
    /// <para>yₙᵢ = Σⱼ ŵᵢⱼ·xₙⱼ, ŵ being W as it is kept. NaN and ±∞ go into the sums they are part of.</para>
    /// <para>Accuracy: |error| ≤ γ(inputs + 3)·Σ|ŵᵢⱼ·xₙⱼ|, γ(k) = k·u/(1 − k·u), u = 2⁻²⁴.</para>
    /// <para>Cost: up to 12 rows of X, W is read once at the speed of memory; beyond, 2·n·inputs·outputs operations at that of the GEMM, after
    /// widening W once, 128 rows at a time, into a buffer that each thread keeps. Nothing else is allocated.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, or threads is below 1.</exception>
    public void Multiply(ReadOnlyMatrixView<float> x, MatrixView<float> y, int threads = 1)
    {
        Require.SameShape(x.Rows, x.Columns, x.Rows, Inputs, nameof(x));
        Require.SameShape(x.Rows, Outputs, y.Rows, y.Columns, nameof(y));
        Require.Positive(threads);
        if (x.Rows == 0)
            return;
        if (!_rows.IsInMemory)
            _rows.Multiply(x, y, threads);
        else if (x.Rows <= MostStreamed)
            ParallelRange.For(Outputs, (int)Math.Clamp(StreamGrain * Outputs / Bytes, 1, StreamGrain), threads, new WeightJob(_rows, x, y), PieceOrder.Runs);
        else
            ParallelRange.For(Outputs, PanelGrain, threads, new PanelJob(_rows, x, y));
    }

    /// <summary>Says that this is the matrix to be multiplied after the next, so that helpers who stand by read into it when they have nothing else to do.</summary>
    internal void Expect() => ParallelStandby.OfThisThread?.Expect(_rows);

    /// <summary>Copies a row of W as floats: the embedding of a token, where W is a table of them.</summary>
    /// <param name="row">From 0 to <see cref="Outputs"/> − 1.</param>
    /// <param name="destination">Shape [inputs].</param>
    /// <exception cref="ArgumentException">The row does not exist, or the length differs.</exception>
    public void CopyRow(int row, Span<float> destination)
    {
        Require.Index(row, Outputs, nameof(row));
        Require.Length<float>(destination, Inputs);
        _rows.Widen(row, destination);
    }
}
