using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Transformers.Weights;

/// <summary>Y = X·Wᵀ for many rows of X: some rows of W at a time are widened into the thread's panel, which the GEMM then multiplies.</summary>
internal readonly struct PanelJob(StoredRows rows, ReadOnlyMatrixView<float> x, MatrixView<float> y) : IRangeBody
{
    [ThreadStatic]
    private static float[]? _panel;

    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        int size = (end - start) * x.Columns;
        if (_panel is null || _panel.Length < size)
            _panel = GC.AllocateUninitializedArray<float>((int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)size), (uint)Array.MaxLength));
        var panel = new MatrixView<float>(_panel, end - start, x.Columns);
        for (int row = start; row < end; row++)
            rows.Widen(row, panel.Row(row - start));
        Gemm.Multiply(1, x, Transpose.No, panel, Transpose.Yes, 0, y.Block(0, start, y.Rows, end - start));
    }
}
