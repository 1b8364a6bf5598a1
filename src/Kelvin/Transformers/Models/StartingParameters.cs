using System.Numerics;
using Kelvin.Transformers.Checkpoints;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Transformers.Models;

/// <summary>Draws the parameters that a transformer starts from.</summary>
internal static class StartingParameters
{
    private const double Deviation = 0.02;

    public static void Draw<T>(TransformerModel<T> model, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        double intoStream = Deviation / Math.Sqrt(2.0 * model.Config.Layers);
        foreach (ParameterTensor tensor in model.Layout.Tensors)
        {
            Span<T> values = model.Parameters.Span.Slice(tensor.Start, tensor.Length);
            if (tensor.Role is WeightRole.AttentionNorm or WeightRole.FeedForwardNorm or WeightRole.FinalNorm)
            {
                values.Fill(T.One);
            }
            else if (tensor.Start < model.Layout.Decayed)
            {
                double size = tensor.Role is WeightRole.AttentionOutput or WeightRole.Down ? intoStream : Deviation;
                foreach (ref T value in values)
                    value = T.CreateChecked(size * Normal.Sample(random, 0, 1));
            }
        }
    }
}
