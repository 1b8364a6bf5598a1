using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Models;

/// <summary>One named tensor among the parameters of a model.</summary>
/// <param name="Name">Such as "tokenEmbedding" or "layers.3.query".</param>
/// <param name="Role">What it does.</param>
/// <param name="Layer">Its block, from 0; 0 for a tensor that the model has once.</param>
/// <param name="Start">Its first element among the parameters.</param>
/// <param name="Shape">Rows and columns; a vector has one column.</param>
public sealed record ParameterTensor(string Name, WeightRole Role, int Layer, int Start, WeightShape Shape)
{
    /// <summary>Number of its elements.</summary>
    public int Length => (int)Shape.Elements;
}
