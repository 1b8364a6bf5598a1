namespace Kelvin.Transformers.Checkpoints;

/// <summary>Where a weight lies in a checkpoint: a tensor, or one of several equal slices of it.</summary>
/// <param name="Tensor">Name of the tensor.</param>
/// <param name="Shape">Shape of the whole tensor.</param>
/// <param name="IsTransposed">True if the tensor is [in, out].</param>
/// <param name="Slice">Which of the slices along the outputs.</param>
/// <param name="Slices">How many there are; 1 for a tensor of its own.</param>
internal readonly record struct StoredWeight(string Tensor, long[] Shape, bool IsTransposed, int Slice, int Slices)
{
    /// <summary>True if the tensor is the weight, value by value.</summary>
    public bool IsPlain => !IsTransposed && Slices == 1;
}
