using System.Numerics;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Models;

/// <summary>Makes transformers.</summary>
public static class TransformerModel
{
    /// <summary>Makes a model with starting weights drawn from the seed: normal with deviation 0.02, those that end in the residual stream smaller by √(2·layers).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="config">Shape and kind.</param>
    /// <param name="seed">Same seed, same weights.</param>
    /// <exception cref="ArgumentException">The configuration does not hold.</exception>
    /// <remarks>Norms start at 1, biases at 0. Source: Radford et al., "Language models are unsupervised multitask learners" (2019).</remarks>
    public static TransformerModel<T> Create<T>(TransformerConfig config, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var model = new TransformerModel<T>(config);
        StartingParameters.Draw(model, seed);
        return model;
    }

    /// <summary>Makes a model from the weights of a checkpoint.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="source">The checkpoint.</param>
    public static TransformerModel<T> Load<T>(IWeightSource source)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        var model = new TransformerModel<T>(source.Config);
        float[] values = new float[model.Layout.Tensors.Max(tensor => tensor.Length)];
        foreach (ParameterTensor tensor in model.Layout.Tensors)
        {
            Span<float> weight = values.AsSpan(0, tensor.Length);
            source.Read(tensor.Role, tensor.Layer, weight);
            Span<T> destination = model.Parameters.Span.Slice(tensor.Start, tensor.Length);
            for (int i = 0; i < weight.Length; i++)
                destination[i] = T.CreateTruncating(weight[i]);
        }

        return model;
    }
}
