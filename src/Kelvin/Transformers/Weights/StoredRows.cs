using Kelvin.Linear;

namespace Kelvin.Transformers.Weights;

/// <summary>The rows of a weight matrix in one format: products with them, and the rows as floats.</summary>
internal abstract class StoredRows : IReadAhead
{
    /// <summary>Bytes of the numbers and their scales.</summary>
    public abstract long Bytes { get; }

    /// <inheritdoc/>
    public virtual long Length => 0;

    /// <summary>False if the numbers are fetched anew for each product; then only <see cref="Multiply"/> and <see cref="Widen"/> are used.</summary>
    public virtual bool IsInMemory => true;

    /// <summary>Y = X·Wᵀ where the numbers are not in memory.</summary>
    public virtual void Multiply(ReadOnlyMatrixView<float> x, MatrixView<float> y, int threads) => throw new NotSupportedException();

    /// <summary>yₙᵢ = ⟨wᵢ, xₙ⟩ for rows <paramref name="start"/> to <paramref name="end"/> − 1 and every row xₙ of x.</summary>
    public abstract void Products(int start, int end, ReadOnlyMatrixView<float> x, MatrixView<float> y);

    /// <inheritdoc/>
    public virtual void Touch(long first, int count)
    {
    }

    /// <summary>Row <paramref name="row"/> as floats, its scale applied.</summary>
    public abstract void Widen(int row, Span<float> destination);
}
