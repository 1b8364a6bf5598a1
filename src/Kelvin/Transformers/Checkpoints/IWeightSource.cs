namespace Kelvin.Transformers.Checkpoints;

/// <summary>Hands out the weights of a transformer by role, one at a time, so that a model larger than memory can be read block by block.</summary>
public interface IWeightSource
{
    /// <summary>What the model computes with besides these weights; already validated.</summary>
    TransformerConfig Config { get; }

    /// <summary>Copies one weight into the caller's memory, in the shape of <see cref="WeightRoles.Shape"/>: matrices are [out, in], row by row.</summary>
    /// <param name="role">One that the configuration has: <see cref="WeightRoles.Has"/>.</param>
    /// <param name="layer">The block, from 0; 0 for a weight that the model has once.</param>
    /// <param name="destination">As long as the weight has elements.</param>
    void Read(WeightRole role, int layer, Span<float> destination);
}
