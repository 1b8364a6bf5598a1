using Kelvin.Linear;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Inference;

/// <summary>The matrices between the layers, for as many tokens as the longest batch so far; a shorter one uses their first rows.</summary>
internal sealed class InferenceRoom(TransformerConfig config)
{
    private readonly MatrixView<float>[] _rooms = new MatrixView<float>[8];

    /// <summary>The residual stream, [n, D].</summary>
    public MatrixView<float> Stream(int tokens) => Room(0, tokens, config.Width);

    /// <summary>What a norm gives, [n, D].</summary>
    public MatrixView<float> Normed(int tokens) => Room(1, tokens, config.Width);

    /// <summary>Queries, keys, values, [n, (H + 2K)·d].</summary>
    public MatrixView<float> Projections(int tokens) => Room(2, tokens, (config.Heads + (2 * config.KeyValueHeads)) * config.HeadSize);

    /// <summary>What the heads give, [n, H·d].</summary>
    public MatrixView<float> Heads(int tokens) => Room(3, tokens, config.Heads * config.HeadSize);

    /// <summary>Before the activation, [n, F or 2F].</summary>
    public MatrixView<float> Entries(int tokens) => Room(4, tokens, config.IsGated ? 2 * config.FeedForwardWidth : config.FeedForwardWidth);

    /// <summary>After it, [n, F].</summary>
    public MatrixView<float> Hidden(int tokens) => Room(5, tokens, config.FeedForwardWidth);

    /// <summary>What a part adds to the stream, [n, D].</summary>
    public MatrixView<float> Addition(int tokens) => Room(6, tokens, config.Width);

    /// <summary>The rows of which the logits are asked for, [m, D].</summary>
    public MatrixView<float> Last(int tokens) => Room(7, tokens, config.Width);

    private MatrixView<float> Room(int index, int rows, int columns)
    {
        if (_rooms[index].Rows < rows)
            _rooms[index] = MatrixView.Allocate<float>(rows, columns);
        return _rooms[index].RowRange(0, rows);
    }
}
