using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>Where the parameters of a denoiser lie in one flat block: the matrices, then the biases, which do not decay.</summary>
internal sealed class DenoiserLayout
{
    private readonly int _d;
    private readonly int _h;
    private readonly int _q;
    private readonly int _blocks;

    public DenoiserLayout(DenoiserOptions options)
    {
        (_d, _h, _q, _blocks) = (options.Dimensions, options.Width, options.Conditions, options.Blocks);
        long weights = (2L * _d * _h) + ((_blocks + 1L) * _q * _h) + (2L * _blocks * _h * _h);
        long biases = ((1L + (2L * _blocks)) * _h) + _d;
        Require.That(weights + biases <= Array.MaxLength, "The network has more parameters than one array can hold; make Width smaller.", nameof(options));
        Weights = (int)weights;
        Total = (int)(weights + biases);
    }

    public int Weights { get; }

    public int Total { get; }

    /// <summary>d × H.</summary>
    public MatrixView<T> Input<T>(Memory<T> block)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(block, _d, _h);

    /// <summary>H × d.</summary>
    public MatrixView<T> Output<T>(Memory<T> block)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(block[(_d * _h)..], _h, _d);

    /// <summary>Q × H; b from 0, and the number of blocks for the input layer's.</summary>
    public MatrixView<T> Condition<T>(Memory<T> block, int b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(block[((2 * _d * _h) + (b * _q * _h))..], _q, _h);

    /// <summary>H × H, into block b (<paramref name="half"/> 0) or out of it (1).</summary>
    public MatrixView<T> Block<T>(Memory<T> block, int b, int half)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(block[((2 * _d * _h) + ((_blocks + 1) * _q * _h) + (((2 * b) + half) * _h * _h))..], _h, _h);

    public Span<T> InputBias<T>(Span<T> block) => block.Slice(Weights, _h);

    public Span<T> BlockBias<T>(Span<T> block, int b, int half) => block.Slice(Weights + ((1 + (2 * b) + half) * _h), _h);

    public Span<T> OutputBias<T>(Span<T> block) => block.Slice(Total - _d, _d);
}
