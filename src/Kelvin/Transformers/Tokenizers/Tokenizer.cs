using System.Globalization;
using System.Text;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>Turns text into the token ids of a model, and back.</summary>
/// <remarks>
/// <para>Encoding: added tokens are found first; what lies between is normalised, cut, and spelt in the vocabulary; then the template puts its
/// tokens around it. Half surrogate pairs in the text become U+FFFD.</para>
/// <para>Read one with <see cref="TokenizerFile"/>. It does not change, so several threads may share it.</para>
/// </remarks>
public sealed class Tokenizer
{
    private readonly ITokenModel _model;
    private readonly TokenizerSteps _steps;
    private readonly AddedTokenSearch _raw;
    private readonly AddedTokenSearch _normalized;
    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<int, string> _tokens;
    private readonly Dictionary<int, string> _normalizedSpelling;
    private readonly HashSet<int> _special;

    internal Tokenizer(ITokenModel model, TokenizerSteps steps, TokenDecoder decoder, IReadOnlyList<AddedToken> added)
    {
        _model = model;
        _steps = steps;
        Decoder = decoder;
        _raw = new AddedTokenSearch(added.Where(token => !token.IsNormalized).Select(token => (token.Content, token)));
        _normalized = new AddedTokenSearch(added.Where(token => token.IsNormalized).Select(token => (Content: steps.Normalize(token.Content), token))
            .Where(entry => entry.Content.Length > 0));
        _normalizedSpelling = added.Where(token => token.IsNormalized).ToDictionary(token => token.Id, token => steps.Normalize(token.Content));
        _special = [.. added.Where(token => token.IsSpecial).Select(token => token.Id)];

        _ids = new Dictionary<string, int>(model.Vocabulary, StringComparer.Ordinal);
        _tokens = model.Vocabulary.ToDictionary(pair => pair.Value, pair => pair.Key);
        foreach (AddedToken token in added)
        {
            _ids[token.Content] = token.Id;
            _tokens[token.Id] = token.Content;
        }

        VocabularySize = _tokens.Keys.Max() + 1;
    }

    /// <summary>One more than the largest id: the smallest <c>vocab_size</c> of a model that fits.</summary>
    public int VocabularySize { get; }

    internal TokenDecoder Decoder { get; }

    /// <summary>The id of a token, or null if there is none of that spelling.</summary>
    /// <param name="token">As the vocabulary spells it: <c>Ġthe</c>, <c>▁the</c>, <c>&lt;s&gt;</c>.</param>
    public int? Find(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _ids.TryGetValue(token, out int id) ? id : null;
    }

    /// <summary>How the vocabulary spells a token.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Token(int id) => _tokens.TryGetValue(id, out string? token) ? token : throw new ArgumentOutOfRangeException(
        nameof(id), string.Create(CultureInfo.InvariantCulture, $"Token id {id} is outside the vocabulary of {VocabularySize}."));

    /// <summary>True for tokens that steer the model and are no part of a text.</summary>
    public bool IsSpecial(int id) => _special.Contains(id);

    /// <summary>The token ids of a text.</summary>
    /// <param name="text">Any text; the empty one too.</param>
    /// <param name="addsSpecial">True to add what the tokenizer's template says, such as a token that begins every text.</param>
    /// <exception cref="ArgumentException">The vocabulary cannot spell a character, and has neither byte fallback nor an unknown token.</exception>
    /// <remarks>Spellings of special tokens in the text become those tokens: take them out of what strangers write.</remarks>
    public int[] Encode(string text, bool addsSpecial = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        string whole = Whole(text);
        var ids = new List<int>((whole.Length / 2) + 2);
        if (addsSpecial)
            ids.AddRange(_steps.Before);
        foreach ((Range place, AddedToken? token) in _raw.Cut(whole))
        {
            if (token is null)
                EncodeRest(new Piece(whole[place], place.Start.Value == 0), ids);
            else
                ids.Add(token.Id);
        }

        if (addsSpecial)
            ids.AddRange(_steps.After);
        return [.. ids];
    }

    /// <summary>The text of tokens.</summary>
    /// <param name="ids">Tokens of this vocabulary.</param>
    /// <param name="keepsSpecial">True to write special tokens as the vocabulary spells them, false to leave them out.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Decode(ReadOnlySpan<int> ids, bool keepsSpecial = false)
    {
        TokenText stream = Stream(keepsSpecial);
        var text = new StringBuilder();
        foreach (int id in ids)
            text.Append(stream.Append(id));
        return text.Append(stream.Finish()).ToString();
    }

    /// <summary>Starts a text that comes token by token.</summary>
    /// <param name="keepsSpecial">True to write special tokens as the vocabulary spells them, false to leave them out.</param>
    public TokenText Stream(bool keepsSpecial = false) => new(this, keepsSpecial);

    /// <summary>What a token stands for in a decoded text: what was found in the normalised text, where that was searched.</summary>
    internal string Spelling(int id) => _normalizedSpelling.TryGetValue(id, out string? spelling) ? spelling : Token(id);

    private void EncodeRest(Piece rest, List<int> ids)
    {
        foreach (Piece normal in _steps.Normalize(rest))
        {
            foreach ((Range place, AddedToken? token) in _normalized.Cut(normal.Text))
            {
                if (token is not null)
                {
                    ids.Add(token.Id);
                    continue;
                }

                foreach (Piece piece in _steps.Cut(new Piece(normal.Text[place], normal.IsFirst && place.Start.Value == 0)))
                    _model.Encode(piece.Text, ids);
            }
        }
    }

    private static string Whole(string text) =>
        text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())) : text;
}
