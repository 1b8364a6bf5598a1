using System.Numerics;
using Kelvin.Linear;
using Kelvin.Transformers.Blocks;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Models;

/// <summary>What a block leaves behind on the way forward, for the way back.</summary>
internal sealed class LayerActivations<T>(TransformerConfig config, int capacity)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Memory<T> _normed = new T[checked(capacity * config.Width)];
    private readonly Memory<T> _inputs = new T[checked(capacity * InputWidth(config))];
    private readonly Memory<T> _heads = new T[checked(capacity * config.Heads * config.HeadSize)];
    private readonly Memory<T> _middle = new T[checked(capacity * config.Width)];
    private readonly Memory<T> _middleNormed = new T[checked(capacity * config.Width)];
    private readonly Memory<T> _entries = new T[checked(capacity * EntryWidth(config))];
    private readonly Memory<T> _units = new T[checked(capacity * config.FeedForwardWidth)];
    private readonly Memory<T> _output = new T[checked(capacity * config.Width)];
    private readonly Memory<RowScaling<T>> _norms = new RowScaling<T>[capacity];
    private readonly Memory<RowScaling<T>> _middleNorms = new RowScaling<T>[capacity];
    private readonly Memory<RowScaling<T>> _queryKeyNorms = new RowScaling<T>[checked(capacity * (config.Heads + config.KeyValueHeads))];
    private readonly Memory<double> _logSumExp = new double[checked(capacity * config.Heads)];

    /// <summary>n, the rows in use.</summary>
    public int Rows { get; private set; }

    /// <summary>m ≤ n, the rows that go on behind the attention: all, but for the last block, where only scored rows do.</summary>
    public int RowsBehind { get; private set; }

    /// <summary>Of the norm before attention, [n, D].</summary>
    public MatrixView<T> Normed => new(_normed, Rows, config.Width);

    /// <summary>Queries, keys and values side by side, rotated and normalised, [n, (H + 2 K)·d].</summary>
    public MatrixView<T> Inputs => new(_inputs, Rows, InputWidth(config));

    /// <summary>What the heads give, [n, H·d].</summary>
    public MatrixView<T> Heads => new(_heads, Rows, config.Heads * config.HeadSize);

    /// <summary>The residual stream between attention and feed-forward part, [m, D].</summary>
    public MatrixView<T> Middle => new(_middle, RowsBehind, config.Width);

    /// <summary>Of the norm before the feed-forward part, [m, D].</summary>
    public MatrixView<T> MiddleNormed => new(_middleNormed, RowsBehind, config.Width);

    /// <summary>Before the activation, [m, F or 2 F].</summary>
    public MatrixView<T> Entries => new(_entries, RowsBehind, EntryWidth(config));

    /// <summary>After it, [m, F].</summary>
    public MatrixView<T> Units => new(_units, RowsBehind, config.FeedForwardWidth);

    /// <summary>The residual stream after the block, [m, D].</summary>
    public MatrixView<T> Output => new(_output, RowsBehind, config.Width);

    public Memory<RowScaling<T>> Norms => _norms[..Rows];

    public Memory<RowScaling<T>> MiddleNorms => _middleNorms[..RowsBehind];

    /// <summary>Of QK-norm, for each head of each row.</summary>
    public Memory<RowScaling<T>> QueryKeyNorms => _queryKeyNorms[..(Rows * (config.Heads + config.KeyValueHeads))];

    /// <summary>log Z of every attention softmax, sequence after sequence, within it head after head.</summary>
    public Memory<double> LogSumExp => _logSumExp[..(Rows * config.Heads)];

    public void Use(int rows, int behind) => (Rows, RowsBehind) = (rows, behind);

    public static int InputWidth(TransformerConfig config) => (config.Heads + (2 * config.KeyValueHeads)) * config.HeadSize;

    public static int EntryWidth(TransformerConfig config) => config.IsGated ? 2 * config.FeedForwardWidth : config.FeedForwardWidth;
}
