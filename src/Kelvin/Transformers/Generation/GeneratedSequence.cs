using System.Text;
using Kelvin.Softmax;
using Kelvin.Transformers.Decoding;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Transformers.Generation;

/// <summary>One sequence as it grows: its tokens, its text and why it ended.</summary>
/// <remarks>Made by <see cref="GenerationBatch.Add"/>, grown by <see cref="GenerationBatch.Step"/>; read it between steps.</remarks>
public sealed class GeneratedSequence
{
    private readonly TokenSampler _sampler;
    private readonly TokenText? _pieces;
    private readonly StopStrings _stops;
    private readonly StringBuilder _text = new();
    private readonly List<GeneratedToken> _tokens = [];
    private readonly int[] _sequence;
    private readonly int[] _alternatives;
    private readonly IReadOnlyList<int> _endTokens;
    private readonly int _most;
    private int _length;

    internal GeneratedSequence(GenerationRequest request, LanguageModel model, Tokenizer? tokenizer)
    {
        int room = model.Config.Context - request.Prompt.Length;
        (Request, _most) = (request, Math.Min(request.MostTokens ?? room, room));
        Cache = new KeyValueCache(model.Config, request.Prompt.Length + _most);
        _sampler = new TokenSampler(model.Config.VocabularySize, request.Policy, request.Sampling);
        _pieces = tokenizer?.Stream();
        _stops = new StopStrings(request.Stops);
        _endTokens = request.StopsAtEndToken ? model.Config.EndTokens : [];
        _alternatives = new int[Math.Min(request.Alternatives, model.Config.VocabularySize)];
        _sequence = new int[Cache.Capacity];
        request.Prompt.CopyTo(_sequence);
        _length = request.Prompt.Length;
    }

    /// <summary>What was asked for.</summary>
    public GenerationRequest Request { get; }

    /// <summary>The tokens so far, in order; one that ended the text is the last of them.</summary>
    public IReadOnlyList<GeneratedToken> Tokens => _tokens;

    /// <summary>The text so far, without a stop string and without what may still become one; empty without a tokenizer.</summary>
    public string Text => _text.ToString();

    /// <summary>Why it ended; <see cref="FinishReason.None"/> while it goes on.</summary>
    public FinishReason Finish { get; private set; }

    /// <summary>The stop string that ended it, or null.</summary>
    public string? StopString => _stops.Found;

    internal KeyValueCache Cache { get; }

    /// <summary>Tokens that the model has not seen yet: the prompt at first, then the token drawn last.</summary>
    internal ReadOnlyMemory<int> Pending => _sequence.AsMemory(Cache.Length, _length - Cache.Length);

    /// <summary>Draws the next token from a row of logits of the last token seen.</summary>
    internal void Take(ReadOnlySpan<float> logits)
    {
        SampledToken drawn = _sampler.Sample(logits, _sequence.AsSpan(0, _length));
        if (drawn.Token < 0)
        {
            End(FinishReason.NoDistribution);
            return;
        }

        _sequence[_length++] = drawn.Token;
        string piece = _pieces?.Append(drawn.Token) ?? "";
        _tokens.Add(new GeneratedToken(drawn, piece, AlternativesOf(logits, drawn.Raw)));
        if (_stops.Append(piece, _text))
            End(FinishReason.StopString);
        else if (_endTokens.Contains(drawn.Token))
            End(FinishReason.EndToken);
        else if (_tokens.Count == _most)
            End(_most == Request.MostTokens ? FinishReason.MostTokens : FinishReason.ContextFull);
    }

    private void End(FinishReason reason)
    {
        Finish = reason;
        if (reason == FinishReason.StopString)
            return;
        string rest = _pieces?.Finish() ?? "";
        if (_stops.Append(rest, _text))
            Finish = FinishReason.StopString;
        else
            _stops.Flush(_text);
    }

    private TokenAlternative[] AlternativesOf(ReadOnlySpan<float> logits, in SoftmaxStatistics raw)
    {
        if (_alternatives.Length == 0)
            return [];
        var alternatives = new TokenAlternative[TopTokens.Largest(logits, _alternatives)];
        for (int i = 0; i < alternatives.Length; i++)
            alternatives[i] = new TokenAlternative(_alternatives[i], TokenDraw.LogProbability(raw, logits[_alternatives[i]], 1));
        return alternatives;
    }
}
