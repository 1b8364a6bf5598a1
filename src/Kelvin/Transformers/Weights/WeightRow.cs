namespace Kelvin.Transformers.Weights;

/// <summary>Writes one row of a weight matrix, wherever it comes from.</summary>
/// <param name="row">Index of the row, from 0; rows are asked for in order.</param>
/// <param name="destination">Shape [inputs].</param>
public delegate void WeightRow(int row, Span<float> destination);
