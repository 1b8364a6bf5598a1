using Kelvin.Linear;

namespace Kelvin.Transformers.Weights;

/// <summary>Y = X·Wᵀ for few rows of X, cut along the rows of W, which are read once.</summary>
internal readonly struct WeightJob(StoredRows rows, ReadOnlyMatrixView<float> x, MatrixView<float> y) : IRangeBody
{
    /// <inheritdoc/>
    public void Run(int start, int end) => rows.Products(start, end, x, y);
}
