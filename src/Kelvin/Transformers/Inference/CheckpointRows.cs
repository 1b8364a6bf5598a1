using Kelvin.Linear;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Weights;

namespace Kelvin.Transformers.Inference;

/// <summary>Rows of weights that stay in the files of a checkpoint: they are read a part at a time whenever they multiply, and never kept.</summary>
/// <remarks>All matrices of one model share the part, so that one product runs at a time.</remarks>
/// <param name="checkpoint">An open checkpoint.</param>
/// <param name="layer">The block that the weights are of.</param>
/// <param name="roles">The weights one below the other, as many columns each.</param>
/// <param name="part">Room for what is read; grows to a line where that is longer.</param>
internal sealed class CheckpointRows(TransformerCheckpoint checkpoint, int layer, WeightRole[] roles, CheckpointPart part) : StoredRows
{
    private readonly int _columns = WeightRoles.Shape(checkpoint.Config, roles[0]).Columns;
    private readonly int[] _rows = [.. roles.Select(role => WeightRoles.Shape(checkpoint.Config, role).Rows)];

    /// <inheritdoc/>
    public override long Bytes => (long)_rows.Sum() * _columns * sizeof(float);

    /// <inheritdoc/>
    public override bool IsInMemory => false;

    /// <inheritdoc/>
    public override void Multiply(ReadOnlyMatrixView<float> x, MatrixView<float> y, int threads)
    {
        int start = 0;
        for (int i = 0; i < roles.Length; start += _rows[i++])
        {
            MatrixView<float> outputs = y.Block(0, start, y.Rows, _rows[i]);
            if (checkpoint.IsTransposed(roles[i]))
                MultiplyTransposed(roles[i], x, outputs, threads);
            else
                MultiplyPlain(roles[i], x, outputs, threads);
        }
    }

    /// <inheritdoc/>
    public override void Products(int start, int end, ReadOnlyMatrixView<float> x, MatrixView<float> y) => throw new NotSupportedException();

    /// <summary>A row of the token embedding, which no family keeps transposed.</summary>
    public override void Widen(int row, Span<float> destination) => checkpoint.ReadLines(roles[0], layer, row, destination);

    /// <summary>Some outputs at a time.</summary>
    private void MultiplyPlain(WeightRole role, ReadOnlyMatrixView<float> x, MatrixView<float> y, int threads)
    {
        for (int first = 0; first < y.Columns;)
        {
            MatrixView<float> lines = part.Lines(y.Columns - first, _columns);
            checkpoint.ReadLines(role, layer, first, lines.Span);
            Gemm.Multiply(1, x, Transpose.No, lines, Transpose.Yes, 0, y.Block(0, first, y.Rows, lines.Rows), threads);
            first += lines.Rows;
        }
    }

    /// <summary>Some inputs at a time, each adding to all outputs.</summary>
    private void MultiplyTransposed(WeightRole role, ReadOnlyMatrixView<float> x, MatrixView<float> y, int threads)
    {
        for (int first = 0; first < _columns;)
        {
            MatrixView<float> lines = part.Lines(_columns - first, y.Columns);
            checkpoint.ReadLines(role, layer, first, lines.Span);
            Gemm.Multiply(1, x.Block(0, first, x.Rows, lines.Rows), Transpose.No, lines, Transpose.No, first == 0 ? 0 : 1, y, threads);
            first += lines.Rows;
        }
    }
}
