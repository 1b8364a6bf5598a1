using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Networks;

/// <summary>φ and its derivative over all rows of a batch, temperature included.</summary>
internal static class HiddenLayer
{
    public static void Forward<T>(NetworkWorkspace<T> workspace, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T temperature = T.CreateChecked(workspace.Options.Temperature);
        if (workspace.Options.Activation == HiddenActivation.Softmax)
        {
            SoftmaxRows.Forward(
                workspace.Preactivations, temperature, workspace.Hidden, workspace.HiddenStatisticsMemory, default, threads);
            return;
        }

        T inverse = T.One / temperature;
        for (int i = 0; i < workspace.Rows; i++)
        {
            ReadOnlySpan<T> z = workspace.Preactivations.Row(i);
            Span<T> h = workspace.Hidden.Row(i);
            switch (workspace.Options.Activation)
            {
                case HiddenActivation.Exp:
                    TensorPrimitives.Multiply(z, inverse, h);
                    TensorPrimitives.Exp(h, h);
                    break;
                case HiddenActivation.Relu:
                    TensorPrimitives.Multiply(z, inverse, h);
                    TensorPrimitives.Max(h, T.Zero, h);
                    break;
                default:
                    Gelu.Forward(z, inverse, h);
                    break;
            }
        }
    }

    /// <summary>Turns ∂L/∂H into ∂L/∂(X W + b), in place.</summary>
    public static void Backward<T>(NetworkWorkspace<T> workspace, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T temperature = T.CreateChecked(workspace.Options.Temperature);
        MatrixView<T> gradients = workspace.PreactivationGradients;
        if (workspace.Options.Activation == HiddenActivation.Softmax)
        {
            SoftmaxRows.Backward<T>(workspace.Hidden, gradients, temperature, gradients, threads);
            return;
        }

        T inverse = T.One / temperature;
        for (int i = 0; i < workspace.Rows; i++)
        {
            Span<T> gradient = gradients.Row(i);
            switch (workspace.Options.Activation)
            {
                case HiddenActivation.Exp:
                    TensorPrimitives.Multiply(gradient, workspace.Hidden.Row(i), gradient);
                    TensorPrimitives.Multiply(gradient, inverse, gradient);
                    break;
                case HiddenActivation.Relu:
                    Relu.Backward(workspace.Preactivations.Row(i), inverse, gradient);
                    break;
                default:
                    Gelu.Backward(workspace.Preactivations.Row(i), inverse, gradient, gradient);
                    break;
            }
        }
    }
}
