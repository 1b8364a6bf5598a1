using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>Multiplies by a tangent kernel, H v = J(Jᵀ v)/κ, without forming it: for more examples than a kernel has room for.</summary>
/// <remarks>
/// <para>Cost of a product: 2·n·m·(d + 2·d_out) multiply-adds, and two forward passes where 3·n·m doubles are over 128 MB. Memory as
/// <see cref="NetworkJacobian{T}"/>: it does not grow with n².</para>
/// <para>Give it to <see cref="ExtremeEigenvalues"/> for λ_max and the stable step of any data set.</para>
/// </remarks>
public sealed class TangentOperator : ISymmetricOperator
{
    private readonly NetworkJacobian<double> _jacobian;
    private readonly double[] _gradient;
    private readonly double _inverse;

    /// <summary>Takes the network's present weights, in a copy, and keeps the points.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">X, shape n × d, n ≥ 1, finite. Not copied.</param>
    /// <param name="threads">At most so many threads; the results do not depend on it.</param>
    /// <exception cref="ArgumentException">X has no row, does not fit or is not finite, or a weight is not finite.</exception>
    public TangentOperator(TwoLayerNetwork<double> network, ReadOnlyMatrixView<double> inputs, int threads = 1)
        : this(new NetworkJacobian<double>(network, inputs, threads))
    {
    }

    /// <summary>Multiplies through a Jacobian that is there already.</summary>
    public TangentOperator(NetworkJacobian<double> jacobian)
    {
        ArgumentNullException.ThrowIfNull(jacobian);
        _jacobian = jacobian;
        _gradient = new double[jacobian.Parameters];
        Factor = KernelFactor.Of(jacobian.Options);
        _inverse = 1 / Factor;
    }

    /// <summary>n·d_out.</summary>
    public int Size => _jacobian.Size;

    /// <summary>κ in J Jᵀ = κ·H.</summary>
    public double Factor { get; }

    /// <summary>Sets y to H·x; neither may be the other.</summary>
    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        _jacobian.TransposedTimes(x, _gradient);
        _jacobian.Times(_gradient, y);
        for (int i = 0; i < y.Length; i++)
            y[i] *= _inverse;
    }

    /// <summary>The step at which gradient descent on the sum ½‖F − Y‖² begins to overshoot, 2(1 + μ)/(κ λ_max).</summary>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <param name="options">Of the Lanczos method; by default a relative tolerance of 10⁻⁶ and 200 products.</param>
    public double StableStep(double momentum = 0, EigenvalueOptions? options = null)
    {
        Require.Between(momentum, 0, Math.BitDecrement(1.0));
        options ??= new EigenvalueOptions { Tolerance = 1e-6, MaxIterations = 200 };
        return 2 * (1 + momentum) / (Factor * ExtremeEigenvalues.Lanczos(this, options).Largest.Value);
    }
}
