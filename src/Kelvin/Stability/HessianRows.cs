using System.Numerics.Tensors;
using Kelvin.Networks;

namespace Kelvin.Stability;

/// <summary>Derivatives of one row of hidden units along a direction; the formulas stand at <see cref="LossHessian"/>.</summary>
internal static class HessianRows
{
    /// <summary>RH from RV.</summary>
    public static void Forward(
        HiddenActivation activation, double beta, ReadOnlySpan<double> v, ReadOnlySpan<double> h, ReadOnlySpan<double> rateV, Span<double> rateH)
    {
        switch (activation)
        {
            case HiddenActivation.Softmax:
                TensorPrimitives.Subtract(rateV, TensorPrimitives.Dot(h, rateV), rateH);
                TensorPrimitives.Multiply(rateH, h, rateH);
                break;
            case HiddenActivation.Exp:
                TensorPrimitives.Multiply(rateV, h, rateH);
                break;
            default:
                for (int r = 0; r < v.Length; r++)
                    rateH[r] = v[r] > 0 ? rateV[r] : 0;
                break;
        }

        TensorPrimitives.Multiply(rateH, beta, rateH);
    }

    /// <summary>RdV from RP, in place.</summary>
    /// <param name="activation">φ.</param>
    /// <param name="beta">1/T.</param>
    /// <param name="v">V.</param>
    /// <param name="h">H.</param>
    /// <param name="rateH">RH.</param>
    /// <param name="p">P = ∂L/∂H.</param>
    /// <param name="rateP">RP; overwritten by RdV.</param>
    public static void Backward(
        HiddenActivation activation,
        double beta,
        ReadOnlySpan<double> v,
        ReadOnlySpan<double> h,
        ReadOnlySpan<double> rateH,
        ReadOnlySpan<double> p,
        Span<double> rateP)
    {
        switch (activation)
        {
            case HiddenActivation.Softmax:
                double mean = TensorPrimitives.Dot(h, p);
                double rateMean = TensorPrimitives.Dot(rateH, p) + TensorPrimitives.Dot(h, (ReadOnlySpan<double>)rateP);
                for (int r = 0; r < h.Length; r++)
                    rateP[r] = (rateH[r] * (p[r] - mean)) + (h[r] * (rateP[r] - rateMean));
                break;
            case HiddenActivation.Exp:
                for (int r = 0; r < h.Length; r++)
                    rateP[r] = (rateP[r] * h[r]) + (p[r] * rateH[r]);
                break;
            default:
                for (int r = 0; r < h.Length; r++)
                    rateP[r] = v[r] > 0 ? rateP[r] : 0;
                break;
        }

        TensorPrimitives.Multiply(rateP, beta, rateP);
    }
}
