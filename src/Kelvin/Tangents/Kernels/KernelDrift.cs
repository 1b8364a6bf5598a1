using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Tangents;

/// <summary>How far a kernel has moved from where it started: what a prediction from the start leaves out.</summary>
/// <param name="Frobenius">‖H − H₀‖_F/‖H₀‖_F.</param>
/// <param name="Operator">‖H − H₀‖₂/‖H₀‖₂.</param>
/// <param name="Along">By eigenvector q_j of H₀, ascending: q_jᵀ H q_j, the rate at which its part of the residual now shrinks; shape [N].</param>
/// <param name="Ratios">By eigenvector: q_jᵀ H q_j/λ_j; NaN where λ_j is 0; shape [N].</param>
/// <param name="Smallest">λ_min(H)/λ_min(H₀) as far as Lanczos can tell; NaN where λ_min(H₀) is 0.</param>
/// <param name="Largest">λ_max(H)/λ_max(H₀).</param>
public sealed record KernelDrift(
    double Frobenius, double Operator, ReadOnlyMemory<double> Along, ReadOnlyMemory<double> Ratios, double Smallest, double Largest)
{
    /// <summary>Compares a kernel with the one at the start.</summary>
    /// <param name="start">H₀'s spectrum, of the same size.</param>
    /// <param name="startKernel">H₀.</param>
    /// <param name="now">H, finite.</param>
    /// <remarks>Cost: N²·(products of Lanczos + N) operations; N² doubles.</remarks>
    /// <exception cref="ArgumentException">The sizes differ, or H is not finite.</exception>
    public static KernelDrift Between(KernelSpectrum start, TangentKernel<double> startKernel, TangentKernel<double> now)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(startKernel);
        ArgumentNullException.ThrowIfNull(now);
        Require.SameShape(start.Size, startKernel.Size, now.Size, now.Size, nameof(now));
        Require.That(now.IsFinite, "The kernel now is not finite; compare up to where training diverged.", nameof(now));

        int size = start.Size;
        MatrixView<double> change = MatrixView.Allocate<double>(size, size);
        TensorPrimitives.Subtract(now.Matrix.Span, startKernel.Matrix.Span, change.Span);
        double frobenius = TensorPrimitives.Norm<double>(change.Span) / startKernel.FrobeniusNorm;
        ExtremeEigenvaluesResult ends = ExtremeEigenvalues.Lanczos(change.AsReadOnly());
        double spectral = Math.Max(Math.Abs(ends.Smallest.Value), Math.Abs(ends.Largest.Value)) / start.Largest;

        double[] along = new double[size];
        double[] ratios = new double[size];
        double[] product = new double[size];
        for (int j = 0; j < size; j++)
        {
            ReadOnlySpan<double> q = start.Vectors.Row(j);
            Gemv.Multiply(1, now.Matrix, Transpose.No, q, 0, product.AsSpan());
            along[j] = TensorPrimitives.Dot(q, product);
            ratios[j] = start.Values.Span[j] > 0 ? along[j] / start.Values.Span[j] : double.NaN;
        }

        ExtremeEigenvaluesResult present = now.Extremes();
        double smallest = start.Smallest > 0 ? Math.Max(0, present.Smallest.Value) / start.Smallest : double.NaN;
        return new KernelDrift(frobenius, spectral, along, ratios, smallest, present.Largest.Value / start.Largest);
    }
}
