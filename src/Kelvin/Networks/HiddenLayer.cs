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
            ForwardRow<T>(workspace.Options.Activation, workspace.Preactivations.Row(i), inverse, workspace.Hidden.Row(i));
    }

    /// <summary>h = φ(z/T) of one example, for every activation that takes its units apart: all but softmax.</summary>
    public static void ForwardRow<T>(HiddenActivation activation, ReadOnlySpan<T> z, T inverse, Span<T> h)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (activation)
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
            BackwardRow<T>(workspace.Options.Activation, workspace.Preactivations.Row(i), workspace.Hidden.Row(i), inverse, gradients.Row(i));
    }

    /// <summary>Turns one example's ∂L/∂h into ∂L/∂(z before the division by T), in place; not for softmax.</summary>
    public static void BackwardRow<T>(HiddenActivation activation, ReadOnlySpan<T> z, ReadOnlySpan<T> h, T inverse, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case HiddenActivation.Exp:
                TensorPrimitives.Multiply(gradient, h, gradient);
                TensorPrimitives.Multiply(gradient, inverse, gradient);
                break;
            case HiddenActivation.Relu:
                Relu.Backward(z, inverse, gradient);
                break;
            default:
                Gelu.Backward(z, inverse, gradient, gradient);
                break;
        }
    }
}
