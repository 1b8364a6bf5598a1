using System.Numerics;
using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Diffusion;

/// <summary>A small residual network that knows the noise level, and if asked the class, and predicts what is data and what is noise.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// <para>With δ the deviation of the data and q² = σ² + α²δ²: h₀ = (x/q) W + c V + b;  h_{k+1} = h_k + silu(h_k W₁ + c V_k + b₁) W₂ + b₂;
/// F = silu(h_B) W_o + b_o;  x̂₀ = (αδ²/q²) x + (σδ/q) F,  ε̂ = (σ/q²) x − (αδ/q) F. F's target (σ x₀/δ − αδ ε)/q has about unit
/// variance at every noise level; for δ = 1 and a variance-preserving process it is −v.</para>
/// <para>c holds sines and cosines of log(α/σ) at frequencies from 1/4 to 4, and which class it is (a place of its own means none).</para>
/// <para>Source of the scaling: Karras et al., arXiv 2206.00364, table 1.</para>
/// </remarks>
public sealed class DenoiserNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _parameters;

    /// <summary>Makes a network whose weights are drawn from <paramref name="seed"/>; it starts as the best linear denoiser, F = 0.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or <typeparamref name="T"/> is neither float nor double.</exception>
    public DenoiserNetwork(DenoiserOptions options, int seed)
    {
        Require.FloatOrDouble<T>();
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Options = options;
        Layout = new DenoiserLayout(options);
        _parameters = new T[Layout.Total];
        Draw(seed);
    }

    /// <summary>Its shape.</summary>
    public DenoiserOptions Options { get; }

    /// <summary>Every parameter, all of them trained; writing to them changes the network.</summary>
    public Memory<T> Parameters => _parameters;

    internal DenoiserLayout Layout { get; }

    private void Draw(int seed)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        Draw(random, Layout.Input<T>(_parameters), 1.0 / Options.Dimensions);
        for (int b = 0; b <= Options.Blocks; b++)
            Draw(random, Layout.Condition<T>(_parameters, b), 1.0 / (Options.Waves + 1));
        for (int b = 0; b < Options.Blocks; b++)
        {
            Draw(random, Layout.Block<T>(_parameters, b, 0), 1.0 / Options.Width);
            Draw(random, Layout.Block<T>(_parameters, b, 1), 1.0 / (Options.Width * Options.Blocks));
        }
    }

    private static void Draw(Random random, MatrixView<T> matrix, double variance)
    {
        GaussianNoise.Fill(random, matrix.Span);
        LinearCombination.Of<T>(Math.Sqrt(variance), matrix.Span, 0, matrix.Span, matrix.Span);
    }
}
