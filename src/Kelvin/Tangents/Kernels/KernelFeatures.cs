using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>Computes what a kernel is made of, in blocks of rows.</summary>
internal static class KernelFeatures
{
    private const int BlockElements = 96 << 10;

    /// <summary>Rows of a forward pass that stays in the caches.</summary>
    public static int BlockRows(int hidden) => Math.Clamp(BlockElements / hidden, 16, 96);

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

        var workspace = new NetworkWorkspace<T>(options, Math.Clamp(n, 1, BlockRows(options.Hidden)));
        for (int start = 0; start < n; start += workspace.Capacity)
        {
            int rows = Math.Min(workspace.Capacity, n - start);
            NetworkPass.Forward(network, inputs.RowRange(start, rows), workspace, threads);
            for (int l = 0; l < options.Outputs; l++)
            {
                for (int i = 0; i < rows; i++)
                    outputWeights.Row(l).CopyTo(workspace.PreactivationGradients.Row(i));
                HiddenLayer.Backward(workspace, threads);
                workspace.PreactivationGradients.CopyTo(slopes.RowRange((l * n) + start, rows));
            }

            if (options.TrainOutputWeights)
                workspace.Hidden.CopyTo(hidden.RowRange(start, rows));
        }

        return new KernelFeatures<T>(options, inputs, slopes, hidden);
    }
}
