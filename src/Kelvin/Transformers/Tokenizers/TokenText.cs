using System.Text;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>Turns tokens into text as they come, and holds back the bytes of a character that is not whole yet.</summary>
/// <remarks>
/// What it gives, put together, is what <see cref="Tokenizer.Decode"/> gives for all tokens at once. Bytes that are no UTF-8 become U+FFFD, one for
/// each longest start of a character, as the WHATWG standard says. Not for use by several threads at once.
/// </remarks>
public sealed class TokenText
{
    private readonly Tokenizer _tokenizer;
    private readonly bool _keepsSpecial;
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private bool _isFirst = true;
    private int _toStrip;

    internal TokenText(Tokenizer tokenizer, bool keepsSpecial)
    {
        _tokenizer = tokenizer;
        _keepsSpecial = keepsSpecial;
        _toStrip = tokenizer.Decoder.StripCount;
    }

    /// <summary>Takes one token and returns the characters that are whole now; often one word, sometimes nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tokenizer has no such token.</exception>
    public string Append(int id)
    {
        string token = _tokenizer.Spelling(id);
        if (!_keepsSpecial && _tokenizer.IsSpecial(id))
            return "";

        byte[] bytes = _tokenizer.Decoder.Bytes(token, _isFirst);
        _isFirst = false;
        return Take(bytes, isEnd: false);
    }

    /// <summary>Ends the text: returns U+FFFD if a character was begun and never finished, otherwise nothing.</summary>
    public string Finish() => Take([], isEnd: true);

    private string Take(byte[] bytes, bool isEnd)
    {
        char[] characters = new char[_utf8.GetCharCount(bytes, isEnd)];
        _utf8.GetChars(bytes, characters, isEnd);
        ReadOnlySpan<char> text = characters;
        while (_toStrip > 0 && !text.IsEmpty)
        {
            if (text[0] != _tokenizer.Decoder.Stripped)
            {
                _toStrip = 0;
                break;
            }

            text = text[1..];
            _toStrip--;
        }

        return text.ToString();
    }
}
