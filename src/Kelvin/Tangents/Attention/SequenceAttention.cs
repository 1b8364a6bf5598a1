using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tangents;

/// <summary>One layer of self-attention that reads a sequence and answers with one number at its last position.</summary>
/// <remarks>
/// <para>xⱼ = E[tokenⱼ] + Pⱼ;  q = Wqᵀ xₙ;  kⱼ = Wkᵀ xⱼ + b;  sⱼ = ⟨q, kⱼ⟩/√d;  a = f(s/T);  F = c ⟨w, Wvᵀ Σⱼ aⱼ xⱼ⟩.</para>
/// <para>The parameters are one vector in the order Wq, Wk, b, E, P, Wv, w, matrices by row. They start as N(0, 1/d), E and P as N(0, ½), b as 0.</para>
/// </remarks>
public sealed class SequenceAttention
{
    private readonly double[] _parameters;

    private SequenceAttention(SequenceAttentionOptions options, double[] parameters)
    {
        Options = options;
        _parameters = parameters;
    }

    /// <summary>Its shape.</summary>
    public SequenceAttentionOptions Options { get; }

    /// <summary>All parameters, shape [ParameterCount].</summary>
    public Memory<double> Parameters => _parameters;

    /// <summary>Those that training changes, shape [TrainedCount].</summary>
    public Memory<double> TrainedParameters => Parameters[..Options.TrainedCount];

    /// <summary>Wq, shape d × d; the logits are proportional to it.</summary>
    public Memory<double> Queries => Parameters[..(Options.Width * Options.Width)];

    /// <summary>b, shape [d]; a change of it shifts all logits of a sequence alike.</summary>
    public Memory<double> KeyBias => Parameters.Slice(KeyBiasStart, Options.Width);

    internal int KeyBiasStart => 2 * Options.Width * Options.Width;

    internal int EmbeddingStart => KeyBiasStart + Options.Width;

    internal int PositionStart => EmbeddingStart + (Options.Vocabulary * Options.Width);

    internal int ValueStart => PositionStart + (Options.Length * Options.Width);

    internal int ReadoutStart => ValueStart + (Options.Width * Options.Width);

    /// <summary>Draws the parameters; the same seed and shape give the same parameters whatever the normaliser.</summary>
    /// <param name="options">The shape.</param>
    /// <param name="seed">Of the draw.</param>
    /// <exception cref="ArgumentException">The shape is no shape.</exception>
    public static SequenceAttention Create(SequenceAttentionOptions options, int seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var layer = new SequenceAttention(options, new double[options.ParameterCount]);
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        for (int i = 0; i < layer._parameters.Length; i++)
        {
            bool isEmbedding = i >= layer.EmbeddingStart && i < layer.ValueStart;
            layer._parameters[i] = Normal.Sample(random, 0, Math.Sqrt(isEmbedding ? 0.5 : 1.0 / options.Width));
        }

        layer.KeyBias.Span.Clear();
        return layer;
    }

    /// <summary>The same parameters, copied, with other options of the same shape.</summary>
    /// <param name="options">Vocabulary, length and width must be the same.</param>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public SequenceAttention With(SequenceAttentionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Require.That(
            (options.Vocabulary, options.Length, options.Width) == (Options.Vocabulary, Options.Length, Options.Width),
            "The options are of another shape, but must have the same vocabulary, length and width.",
            nameof(options));
        return new SequenceAttention(options, [.. _parameters]);
    }

    internal ReadOnlySpan<double> From(int start) => _parameters.AsSpan(start);
}
