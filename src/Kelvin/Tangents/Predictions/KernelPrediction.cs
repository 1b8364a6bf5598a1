using Kelvin.Linear;

namespace Kelvin.Tangents;

/// <summary>Predicts training on the sum ½‖F − Y‖² at any step from the kernel at the start: what would happen if the kernel stayed.</summary>
/// <remarks>
/// <para>Gradient descent: u_k = (I − ηκH)^k u₀ with u = vec(F − Y), so ⟨q_j, u_k⟩ = (1 − ηκλ_j)^k ⟨q_j, u₀⟩. With momentum μ (v ← μ v + g,
/// θ ← θ − η v) each part follows a 2 × 2 recursion, p ← μ p + u, u ← u − ηκλ p. Gradient flow: u(t) = exp(−κHt) u₀.</para>
/// <para>Test points: F(x) = F₀(x) − ηκ H(x, X) s_k with s_k = Σ p over the steps; without momentum that is h(x)ᵀH⁻¹(I − (I − ηκH)^k)(Y − F₀),
/// here without the inverse, so that λ_j = 0 does no harm.</para>
/// <para>For the mean over n examples divide the step by n. Values never throw: an unstable step grows without bound.</para>
/// <para>Source: theory section 4; Polyak, Some methods of speeding up the convergence of iteration methods (1964).</para>
/// </remarks>
public sealed class KernelPrediction
{
    private readonly double[] _parts;

    /// <summary>Takes the kernel's spectrum and what is left to learn.</summary>
    /// <param name="spectrum">Of H at the start.</param>
    /// <param name="residual">u₀ = vec(F − Y), shape [N], output-major; see <see cref="OutputMajor"/>.</param>
    /// <param name="learningRate">η ≥ 0.</param>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    public KernelPrediction(KernelSpectrum spectrum, ReadOnlySpan<double> residual, double learningRate, double momentum = 0)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        Require.Between(learningRate, 0, double.MaxValue);
        Require.Between(momentum, 0, Math.BitDecrement(1.0));
        Spectrum = spectrum;
        LearningRate = learningRate;
        Momentum = momentum;
        _parts = spectrum.Project(residual);
    }

    /// <summary>H's eigenvalues and eigenvectors.</summary>
    public KernelSpectrum Spectrum { get; }

    /// <summary>η.</summary>
    public double LearningRate { get; }

    /// <summary>μ.</summary>
    public double Momentum { get; }

    /// <summary>⟨q_j, u₀⟩, shape [N]: how much of what is to be learnt lies along each eigenvector.</summary>
    public ReadOnlyMemory<double> Parts => _parts;

    /// <summary>Whether no part of the residual grows: η &lt; 2(1 + μ)/(κ λ_max).</summary>
    public bool IsStable => LearningRate < Spectrum.StableStep(Momentum);

    /// <summary>½‖u_k‖², the loss before step k + 1.</summary>
    /// <param name="steps">k ≥ 0.</param>
    public double Loss(long steps)
    {
        Check(steps);
        double sum = 0;
        for (int j = 0; j < _parts.Length; j++)
        {
            double part = _parts[j] * ModePower.At(Speed(j), Momentum, steps).Residual;
            sum += part * part;
        }

        return sum / 2;
    }

    /// <summary>u_k, shape [N].</summary>
    /// <param name="steps">k ≥ 0.</param>
    public double[] Residual(long steps)
    {
        Check(steps);
        double[] parts = new double[_parts.Length];
        for (int j = 0; j < parts.Length; j++)
            parts[j] = _parts[j] * ModePower.At(Speed(j), Momentum, steps).Residual;
        return Spectrum.Compose(parts);
    }

    /// <summary>u(t) of gradient flow; step k of gradient descent is near t = kη where ηκλ_max is small.</summary>
    /// <param name="time">t ≥ 0.</param>
    public double[] FlowResidual(double time)
    {
        Require.Between(time, 0, double.MaxValue);
        double[] parts = new double[_parts.Length];
        for (int j = 0; j < parts.Length; j++)
            parts[j] = _parts[j] * Math.Exp(-Spectrum.Factor * Spectrum.Values.Span[j] * time);
        return Spectrum.Compose(parts);
    }

    /// <summary>½‖u(t)‖² of gradient flow.</summary>
    /// <param name="time">t ≥ 0.</param>
    public double FlowLoss(double time) => HalfSquare(FlowResidual(time));

    /// <summary>s_k = Σ p: the parameters have moved by −η Jᵀ s_k.</summary>
    /// <param name="steps">k ≥ 0.</param>
    public double[] Way(long steps)
    {
        Check(steps);
        double[] parts = new double[_parts.Length];
        for (int j = 0; j < parts.Length; j++)
            parts[j] = _parts[j] * ModePower.At(Speed(j), Momentum, steps).Way;
        return Spectrum.Compose(parts);
    }

    /// <summary>The outputs at other points after k steps, output-major.</summary>
    /// <param name="cross">H(X', X), shape N' × N: <see cref="TangentKernel.Cross{T}"/> of the other points and the training points.</param>
    /// <param name="start">F₀ at the other points, shape [N'], output-major.</param>
    /// <param name="steps">k ≥ 0.</param>
    public double[] OutputsAt(ReadOnlyMatrixView<double> cross, ReadOnlySpan<double> start, long steps)
    {
        Require.SameShape(cross.Rows, Spectrum.Size, cross.Rows, cross.Columns, nameof(cross));
        Require.Length(start, cross.Rows);
        double[] outputs = start.ToArray();
        Gemv.Multiply(-LearningRate * Spectrum.Factor, cross, Transpose.No, Way(steps), 1, outputs.AsSpan());
        return outputs;
    }

    internal static double HalfSquare(ReadOnlySpan<double> residual)
    {
        double sum = 0;
        foreach (double u in residual)
            sum += u * u;
        return sum / 2;
    }

    private double Speed(int j) => LearningRate * Spectrum.Factor * Spectrum.Values.Span[j];

    private static void Check(long steps) => Require.That(steps >= 0, $"steps is {steps}, but must be at least 0.", nameof(steps));
}
