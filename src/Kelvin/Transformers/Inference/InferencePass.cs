using System.Globalization;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Transformers.Attention;
using Kelvin.Transformers.Blocks;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Rotary;
using Kelvin.Transformers.Weights;

namespace Kelvin.Transformers.Inference;

/// <summary>Runs tokens through a model, several sequences at once: prompts, single tokens, or both.</summary>
/// <remarks>
/// <para>All tokens of a batch go through the matrices together; each sequence attends to its own cache. A token's logits do not depend on
/// the threads, nor, up to rounding, on what else is in the batch or on where a prompt is cut.</para>
/// <para>Cost: nothing on the heap once a batch as long has been seen. One pass is used by one caller at a time; the model may be shared.</para>
/// </remarks>
public sealed class InferencePass
{
    /// <summary>Logits that a scan holds at a time: 32 MB.</summary>
    private const int MostScannedLogits = 8 << 20;

    /// <summary>Up to so many tokens, the ranges of a pass are so short that helpers stand by.</summary>
    private const int MostOnStandby = 12;

    private readonly LanguageModel _model;
    private readonly TransformerConfig _config;
    private readonly AttentionOptions _attention;
    private readonly InferenceRoom _room;
    private readonly RotaryTable<float>? _rotary;
    private readonly int _threads;

    /// <summary>Prepares to run.</summary>
    /// <param name="model">The model.</param>
    /// <param name="threads">At most so many.</param>
    /// <exception cref="ArgumentOutOfRangeException">threads is below 1.</exception>
    public InferencePass(LanguageModel model, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        Require.Positive(threads);
        (_model, _config, _threads) = (model, model.Config, threads);
        _attention = AttentionOptions.Of(_config);
        _room = new InferenceRoom(_config);
        _rotary = _config.Rotary is { } rotary ? new RotaryTable<float>(RotaryOptions.Of(rotary, _config.HeadSize), 1) : null;
    }

    /// <summary>Appends one chunk to its sequence and computes logits.</summary>
    /// <inheritdoc cref="Forward(ReadOnlySpan{SequenceChunk}, LogitRows, MatrixView{float})"/>
    public void Forward(SequenceChunk chunk, LogitRows rows, MatrixView<float> logits) => Forward([chunk], rows, logits);

    /// <summary>Appends each chunk to its sequence and computes logits.</summary>
    /// <param name="batch">At least one chunk, each with a cache of its own.</param>
    /// <param name="rows">Which tokens' logits are wanted.</param>
    /// <param name="logits">z, shape [chunks, V] for the last tokens, [tokens, V] for all, chunk after chunk.</param>
    /// <exception cref="ArgumentException">A token is not in the vocabulary, a sequence gets longer than its cache, or the shape does not fit. No cache has changed.</exception>
    public void Forward(ReadOnlySpan<SequenceChunk> batch, LogitRows rows, MatrixView<float> logits)
    {
        int tokens = Check(batch);
        Require.SameShape(rows == LogitRows.All ? tokens : batch.Length, _config.VocabularySize, logits.Rows, logits.Columns, nameof(logits));
        using ParallelStandby? standby = tokens <= MostOnStandby ? ParallelStandby.Open(_threads) : null;
        MatrixView<float> x = Blocks(batch, tokens, null);
        MatrixView<float> last = rows == LogitRows.All ? x : LastRows(batch, x);
        _model.Output.Multiply(FinalNormed(last), logits, _threads);
        foreach (SequenceChunk chunk in batch)
            chunk.Cache.Extend(chunk.Tokens.Length);
    }

    /// <summary>Runs a whole text at once and shows every softmax on the way; see <see cref="ModelScan"/>.</summary>
    internal void Scan(ReadOnlyMemory<int> text, IModelObserver observer)
    {
        SequenceChunk[] batch = [new(KeyValueCache.OfOneCall(_config, text.Length), text)];
        MatrixView<float> normed = FinalNormed(Blocks(batch, Check(batch), observer));
        int rows = Math.Clamp(MostScannedLogits / _config.VocabularySize, 1, normed.Rows);
        MatrixView<float> logits = MatrixView.Allocate<float>(rows, _config.VocabularySize);
        for (int first = 0; first < normed.Rows; first += rows)
        {
            int count = Math.Min(rows, normed.Rows - first);
            _model.Output.Multiply(normed.RowRange(first, count), logits.RowRange(0, count), _threads);
            observer.OnLogits(first, logits.RowRange(0, count));
        }
    }

    private MatrixView<float> Blocks(ReadOnlySpan<SequenceChunk> batch, int tokens, IModelObserver? observer)
    {
        MatrixView<float> x = _room.Stream(tokens);
        Embed(batch, x);
        for (int layer = 0; layer < _config.Layers; layer++)
        {
            Attend(batch, layer, x, observer);
            FeedForward(_model.Layers[layer], layer + 1 < _config.Layers ? _model.Layers[layer + 1].AttentionInput : _model.Output, x);
        }

        return x;
    }

    private MatrixView<float> FinalNormed(MatrixView<float> x)
    {
        MatrixView<float> normed = _room.Normed(x.Rows);
        Norm(x, _model.FinalNorm, _model.FinalNormBias, normed);
        return normed;
    }

    private int Check(ReadOnlySpan<SequenceChunk> batch)
    {
        Require.NotEmpty(batch);
        int tokens = 0;
        foreach (SequenceChunk chunk in batch)
        {
            Require.NotEmpty(chunk.Tokens.Span, nameof(batch));
            if (chunk.Tokens.Length > chunk.Cache.Capacity - chunk.Cache.Length)
                throw new ArgumentException(TooLong(chunk), nameof(batch));
            foreach (int token in chunk.Tokens.Span)
            {
                if ((uint)token >= (uint)_config.VocabularySize)
                    throw new ArgumentException(Unknown(token), nameof(batch));
            }

            tokens = checked(tokens + chunk.Tokens.Length);
        }

        return tokens;
    }

    private string TooLong(in SequenceChunk chunk) => string.Create(
        CultureInfo.InvariantCulture,
        $"The sequence would have {chunk.Cache.Length + chunk.Tokens.Length} tokens, but its cache holds {chunk.Cache.Capacity} and the model's context is {_config.Context}; shorten it.");

    private string Unknown(int token) => string.Create(
        CultureInfo.InvariantCulture,
        $"Token {token} is outside the vocabulary of {_config.VocabularySize}; use the tokenizer that belongs to the model.");

    private void Embed(ReadOnlySpan<SequenceChunk> batch, MatrixView<float> x)
    {
        int row = 0;
        foreach (SequenceChunk chunk in batch)
        {
            chunk.Vitals?.Begin(chunk.Tokens.Length);
            for (int i = 0; i < chunk.Tokens.Length; i++, row++)
            {
                _model.TokenEmbedding.CopyRow(chunk.Tokens.Span[i], x.Row(row));
                if (_config.HasLearntPositions)
                    TensorPrimitives.Add(x.Row(row), _model.PositionEmbedding.AsSpan((chunk.Cache.Length + i) * x.Columns, x.Columns), x.Row(row));
            }
        }
    }

    private void Attend(ReadOnlySpan<SequenceChunk> batch, int layer, MatrixView<float> x, IModelObserver? observer)
    {
        InferenceLayer weights = _model.Layers[layer];
        MatrixView<float> normed = _room.Normed(x.Rows);
        MatrixView<float> projections = _room.Projections(x.Rows);
        MatrixView<float> heads = _room.Heads(x.Rows);
        Norm(x, weights.AttentionNorm, weights.AttentionNormBias, normed);
        weights.AttentionOutput.Expect();
        Multiply(weights.AttentionInput, weights.AttentionInputBias, normed, projections);
        int row = 0;
        foreach (SequenceChunk chunk in batch)
        {
            int count = chunk.Tokens.Length;
            AttendSequence(chunk, layer, projections.RowRange(row, count), heads.RowRange(row, count), observer);
            row += count;
        }

        weights.FeedForwardInput.Expect();
        Add(weights.AttentionOutput, weights.AttentionOutputBias, heads, x);
    }

    private void AttendSequence(in SequenceChunk chunk, int layer, MatrixView<float> projections, MatrixView<float> heads, IModelObserver? observer)
    {
        int past = chunk.Cache.Length;
        int queryWidth = _config.Heads * _config.HeadSize;
        int keyWidth = _config.KeyValueHeads * _config.HeadSize;
        MatrixView<float> turned = projections.Block(0, 0, projections.Rows, queryWidth + keyWidth);
        _rotary?.Fit(past + projections.Rows);
        _rotary?.Apply(turned, past);
        if (_config.HasQueryKeyNorm)
            RmsNorm.ForwardHeads(turned, _config.HeadSize, _config.NormEpsilon, threads: _threads);
        projections.Block(0, queryWidth, projections.Rows, keyWidth).CopyTo(chunk.Cache.Keys(layer).RowRange(past, projections.Rows));
        projections.Block(0, queryWidth + keyWidth, projections.Rows, keyWidth).CopyTo(chunk.Cache.Values(layer).RowRange(past, projections.Rows));

        ReadOnlyMatrixView<float> queries = projections.Block(0, 0, projections.Rows, queryWidth);
        ReadOnlyMatrixView<float> keys = chunk.Cache.Keys(layer).RowRange(0, past + projections.Rows);
        ReadOnlyMatrixView<float> values = chunk.Cache.Values(layer).RowRange(0, past + projections.Rows);
        var inputs = new AttentionInputs<float> { Queries = queries, Keys = keys, Values = values, Sinks = _model.Layers[layer].Sinks };
        FusedAttention.Forward(inputs, _attention, heads, default, chunk.Vitals?.Layer(layer) ?? default, _threads);
        observer?.OnAttention(layer, inputs, _attention);
    }

    private void FeedForward(InferenceLayer weights, WeightMatrix next, MatrixView<float> x)
    {
        MatrixView<float> normed = _room.Normed(x.Rows);
        MatrixView<float> entries = _room.Entries(x.Rows);
        MatrixView<float> hidden = _room.Hidden(x.Rows);
        Norm(x, weights.FeedForwardNorm, weights.FeedForwardNormBias, normed);
        weights.Down.Expect();
        Multiply(weights.FeedForwardInput, weights.FeedForwardInputBias, normed, entries);
        Activation.Forward<float>(_config.Activation, entries, hidden, _threads);
        next.Expect();
        Add(weights.Down, weights.DownBias, hidden, x);
    }

    private MatrixView<float> LastRows(ReadOnlySpan<SequenceChunk> batch, MatrixView<float> x)
    {
        MatrixView<float> last = _room.Last(batch.Length);
        int row = -1;
        for (int i = 0; i < batch.Length; i++)
        {
            row += batch[i].Tokens.Length;
            x.Row(row).CopyTo(last.Row(i));
        }

        return last;
    }

    private void Norm(MatrixView<float> x, float[] gain, float[] shift, MatrixView<float> y)
    {
        if (_config.Norm == NormKind.Layer)
            LayerNorm.Forward<float>(x, gain, shift, _config.NormEpsilon, y, threads: _threads);
        else
            RmsNorm.Forward<float>(x, gain, _config.NormEpsilon, y, threads: _threads);
    }

    private void Multiply(WeightMatrix weights, float[] bias, MatrixView<float> x, MatrixView<float> y)
    {
        weights.Multiply(x, y, _threads);
        for (int i = 0; i < y.Rows && bias.Length > 0; i++)
            TensorPrimitives.Add(y.Row(i), bias, y.Row(i));
    }

    /// <summary>stream += x·Wᵀ + b.</summary>
    private void Add(WeightMatrix weights, float[] bias, MatrixView<float> x, MatrixView<float> stream)
    {
        MatrixView<float> addition = _room.Addition(x.Rows);
        Multiply(weights, bias, x, addition);
        for (int i = 0; i < x.Rows; i++)
            TensorPrimitives.Add(stream.Row(i), addition.Row(i), stream.Row(i));
    }
}
