using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Networks;

/// <summary>One batch forward through a two-layer network, and its gradient back.</summary>
internal static class NetworkPass
{
    public static void Forward<T>(TwoLayerNetwork<T> network, ReadOnlyMatrixView<T> inputs, NetworkWorkspace<T> workspace, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        workspace.Rows = inputs.Rows;
        T beta = FillRows(workspace.Preactivations, network.HiddenBias);
        Gemm.Multiply(T.One, inputs, Transpose.No, network.HiddenWeights, Transpose.No, beta, workspace.Preactivations, threads);
        HiddenLayer.Forward(workspace, threads);

        T scale = T.CreateChecked(network.Options.OutputScale);
        beta = FillRows(workspace.Outputs, network.OutputBias);
        Gemm.Multiply(scale, workspace.Hidden, Transpose.No, network.OutputWeights, Transpose.Yes, beta, workspace.Outputs, threads);
    }

    public static void Backward<T>(TwoLayerNetwork<T> network, ReadOnlyMatrixView<T> inputs, NetworkWorkspace<T> workspace, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T scale = T.CreateChecked(network.Options.OutputScale);
        MatrixView<T> dOutputs = workspace.OutputGradients;
        MatrixView<T> dHidden = workspace.PreactivationGradients;
        Gemm.Multiply(scale, dOutputs, Transpose.No, network.OutputWeights, Transpose.No, T.Zero, dHidden, threads);
        HiddenLayer.Backward(workspace, threads);

        Gemm.Multiply(T.One, inputs, Transpose.Yes, dHidden, Transpose.No, T.Zero, workspace.HiddenWeightGradients, threads);
        if (network.Options.TrainOutputWeights)
            Gemm.Multiply(scale, dOutputs, Transpose.Yes, workspace.Hidden, Transpose.No, T.Zero, workspace.OutputWeightGradients, threads);

        SumRows(dHidden, workspace.HiddenBiasGradients);
        SumRows(dOutputs, workspace.OutputBiasGradients);
    }

    /// <summary>Puts the bias into every row, so that the product can be added; without a bias the product overwrites.</summary>
    private static T FillRows<T>(MatrixView<T> matrix, ReadOnlySpan<T> bias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (bias.IsEmpty)
            return T.Zero;

        for (int i = 0; i < matrix.Rows; i++)
            bias.CopyTo(matrix.Row(i));
        return T.One;
    }

    private static void SumRows<T>(MatrixView<T> matrix, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (sums.IsEmpty)
            return;

        sums.Clear();
        for (int i = 0; i < matrix.Rows; i++)
            TensorPrimitives.Add(sums, matrix.Row(i), sums);
    }
}
