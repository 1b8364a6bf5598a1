using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>Computes what a kernel is made of, in blocks of rows.</summary>
internal static class KernelFeatures
{
    private const int BlockElements = 192 << 10;

    /// <summary>Rows of a forward pass that stays in the caches.</summary>
    public static int BlockRows(int hidden) => Math.Clamp(BlockElements / hidden, 16, 192);

    public static KernelFeatures<T> Of<T>(TwoLayerNetwork<T> network, ReadOnlyMatrixView<T> inputs, int threads, KernelRoom<T>? room = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NetworkOptions options = network.Options;
        int n = inputs.Rows;
        room ??= new KernelRoom<T>();
        MatrixView<T> slopes = room.Slopes(n * options.Outputs, options.Hidden);
        MatrixView<T> hidden = options.TrainOutputWeights ? room.Hidden(n, options.Hidden) : default;
        MatrixView<T> outputWeights = MatrixView.Allocate<T>(options.Outputs, options.Hidden);
        TensorPrimitives.Multiply(network.OutputWeights.Span, T.CreateChecked(options.OutputScale), outputWeights.Span);
        ParallelRange.For(n, BlockRows(options.Hidden), threads, new FeatureRows<T>(network, inputs, outputWeights, slopes, hidden));
        return new KernelFeatures<T>(options, inputs, slopes, hidden);
    }
}
