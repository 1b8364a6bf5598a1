namespace Kelvin.Transformers.Checkpoints;

/// <summary>The shape of a weight: a matrix of Rows × Columns, row by row, or a vector of Rows with one column.</summary>
/// <param name="Rows">Outputs; the length of a vector.</param>
/// <param name="Columns">Inputs; 1 for a vector.</param>
public readonly record struct WeightShape(int Rows, int Columns)
{
    /// <summary>Number of values.</summary>
    public long Elements => Math.BigMul(Rows, Columns);
}
