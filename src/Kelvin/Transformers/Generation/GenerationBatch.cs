using System.Globalization;
using Kelvin.Linear;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Transformers.Generation;

/// <summary>Generates after several prompts at once; prompts may join and leave between steps.</summary>
/// <remarks>
/// <para>A step runs one pass over the model: the whole prompt of each newcomer and one token of each of the others, and draws one token for each.
/// Reading the weights once for all of them is what makes a batch fast.</para>
/// <para>A sequence's tokens depend on its prompt, options and seed; what else is in the batch changes logits by rounding alone.</para>
/// <para>Memory: a key-value cache for each sequence, and a row of logits. One caller at a time.</para>
/// </remarks>
public sealed class GenerationBatch
{
    private readonly LanguageModel _model;
    private readonly Tokenizer? _tokenizer;
    private readonly InferencePass _pass;
    private readonly List<GeneratedSequence> _active = [];
    private float[] _logits = [];

    /// <summary>Prepares an empty batch.</summary>
    /// <param name="model">The model, which may be shared.</param>
    /// <param name="tokenizer">Turns tokens into text; null for a model that has none, whose sequences have tokens alone.</param>
    /// <param name="threads">At most so many.</param>
    /// <exception cref="ArgumentException">threads is below 1, or the tokenizer has tokens that the model does not know.</exception>
    public GenerationBatch(LanguageModel model, Tokenizer? tokenizer, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (tokenizer is not null && tokenizer.VocabularySize > model.Config.VocabularySize)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The tokenizer has {tokenizer.VocabularySize} tokens, but the model {model.Config.VocabularySize}; use the tokenizer that belongs to the model."), nameof(tokenizer));
        (_model, _tokenizer) = (model, tokenizer);
        _pass = new InferencePass(model, threads);
    }

    /// <summary>Sequences that have not ended.</summary>
    public IReadOnlyList<GeneratedSequence> Active => _active;

    /// <summary>Adds a prompt, which the next step reads.</summary>
    /// <exception cref="ArgumentException">The prompt is empty, fills the context or has a token outside the vocabulary, or an option is out of its range.</exception>
    public GeneratedSequence Add(GenerationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        var sequence = new GeneratedSequence(request, _model, _tokenizer);
        _active.Add(sequence);
        return sequence;
    }

    /// <summary>Drops a sequence before it has ended; what it has stays readable.</summary>
    /// <returns>Whether it was active.</returns>
    public bool Remove(GeneratedSequence sequence) => _active.Remove(sequence);

    /// <summary>Draws one token for each active sequence.</summary>
    /// <returns>Whether any is still active.</returns>
    public bool Step()
    {
        if (_active.Count == 0)
            return false;

        SequenceChunk[] chunks = [.. _active.Select(sequence => new SequenceChunk(sequence.Cache, sequence.Pending))];
        int vocabulary = _model.Config.VocabularySize;
        if (_logits.Length < chunks.Length * vocabulary)
            _logits = new float[chunks.Length * vocabulary];
        var logits = new MatrixView<float>(_logits, chunks.Length, vocabulary);
        _pass.Forward(chunks, LogitRows.Last, logits);
        for (int i = 0; i < chunks.Length; i++)
            _active[i].Take(logits.Row(i));
        _active.RemoveAll(sequence => sequence.Finish != FinishReason.None);
        return _active.Count > 0;
    }

    /// <summary>Steps until every sequence has ended.</summary>
    /// <param name="cancellationToken">Looked at between steps.</param>
    /// <exception cref="OperationCanceledException">Asked to stop; what was generated stays readable.</exception>
    public void Run(CancellationToken cancellationToken = default)
    {
        do
            cancellationToken.ThrowIfCancellationRequested();
        while (Step());
    }

    private void Check(GenerationRequest request)
    {
        Require.NotEmpty(request.Prompt.Span, "prompt");
        int context = _model.Config.Context;
        if (request.Prompt.Length >= context)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The prompt has {request.Prompt.Length} tokens, but the model's context is {context} and must hold the answer too; shorten the prompt."), nameof(request));
        foreach (int token in request.Prompt.Span)
        {
            if ((uint)token >= (uint)_model.Config.VocabularySize)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"The prompt has token {token}, outside the vocabulary of {_model.Config.VocabularySize}; use the tokenizer that belongs to the model."), nameof(request));
        }

        if (request.MostTokens is int most)
            Require.Positive(most, nameof(request.MostTokens));
        Require.Between(request.Alternatives, 0, int.MaxValue, nameof(request.Alternatives));
        if (request.Stops.Count > 0 && _tokenizer is null)
            throw new ArgumentException("Stop strings need a tokenizer, and this model has none; give a number of tokens instead.", nameof(request));
    }
}
