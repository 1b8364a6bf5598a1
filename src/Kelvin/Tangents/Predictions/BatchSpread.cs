using Kelvin.Linear;

namespace Kelvin.Tangents;

/// <summary>Keeps of a second moment what belongs to one example at a time: V·diag_i(Vᵀ M V)·Vᵀ in the basis of the eigenvectors, V's rows.</summary>
internal sealed class BatchSpread(ReadOnlyMatrixView<double> vectors, int examples, int threads)
{
    private readonly MatrixView<double> _product = MatrixView.Allocate<double>(vectors.Rows, vectors.Rows);
    private readonly MatrixView<double> _spread = MatrixView.Allocate<double>(vectors.Rows, vectors.Rows);
    private readonly int _outputs = vectors.Rows / examples;

    public ReadOnlyMatrixView<double> Of(ReadOnlyMatrixView<double> moments)
    {
        int size = vectors.Rows;
        Gemm.Multiply(1, moments, Transpose.No, vectors, Transpose.No, 0, _product, threads);
        double[] own = new double[size * _outputs];   // own[a·d_out + k]: Σ between output a of an example and its output k
        for (int j = 0; j < size; j++)
            AddOwn(vectors.Row(j), _product.Row(j), own);
        for (int j = 0; j < size; j++)
            Weigh(vectors.Row(j), own, _product.Row(j));
        Gemm.Multiply(1, _product.AsReadOnly(), Transpose.No, vectors, Transpose.Yes, 0, _spread, threads);
        return _spread;
    }

    private void AddOwn(ReadOnlySpan<double> vector, ReadOnlySpan<double> product, Span<double> own)
    {
        for (int a = 0; a < vector.Length; a++)
        {
            for (int k = 0; k < _outputs; k++)
                own[(a * _outputs) + k] += vector[a] * product[(k * examples) + (a % examples)];
        }
    }

    private void Weigh(ReadOnlySpan<double> vector, ReadOnlySpan<double> own, Span<double> weighed)
    {
        weighed.Clear();
        for (int a = 0; a < vector.Length; a++)
        {
            for (int k = 0; k < _outputs; k++)
                weighed[(k * examples) + (a % examples)] += vector[a] * own[(a * _outputs) + k];
        }
    }
}
