using System.Numerics;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Models;

/// <summary>Hands out the weights of a model in training, so that they can be written as a checkpoint or run by a decoder.</summary>
internal sealed class ModelWeightSource<T>(TransformerModel<T> model) : IWeightSource
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public TransformerConfig Config => model.Config;

    public void Read(WeightRole role, int layer, Span<float> destination)
    {
        ParameterTensor tensor = model.Layout.Find(role, layer);
        Require.Length<float>(destination, tensor.Length);
        ReadOnlySpan<T> values = model.Parameters.Span.Slice(tensor.Start, tensor.Length);
        for (int i = 0; i < values.Length; i++)
            destination[i] = float.CreateTruncating(values[i]);
    }
}
