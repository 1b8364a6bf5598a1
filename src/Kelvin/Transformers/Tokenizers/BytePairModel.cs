using System.Text;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>Byte-pair encoding: starts from characters and joins the pair that was learnt first, the leftmost on ties, until none is left.</summary>
/// <remarks>
/// <para>Cost: O(n log n) in the length of a piece, which may be a whole text.</para>
/// <para>Source: R. Sennrich, B. Haddow, A. Birch, ACL 2016.</para>
/// </remarks>
internal sealed class BytePairModel : ITokenModel
{
    private readonly Dictionary<string, int> _vocabulary;
    private readonly IReadOnlyDictionary<(int Left, int Right), (int Rank, int Joined)> _merges;
    private readonly UnknownCharacter _unknown;
    private readonly bool _fusesUnknown;
    private readonly bool _prefersWhole;

    /// <param name="vocabulary">Every token with its id.</param>
    /// <param name="merges">Pairs of ids that may be joined, with their rank and what they become.</param>
    /// <param name="unknown">What happens to characters that are no token.</param>
    /// <param name="fusesUnknown">True to write neighbouring unknown characters as one token.</param>
    /// <param name="prefersWhole">True to take a piece that is a token as it is, without merges.</param>
    public BytePairModel(
        Dictionary<string, int> vocabulary, IReadOnlyDictionary<(int Left, int Right), (int Rank, int Joined)> merges, UnknownCharacter unknown,
        bool fusesUnknown, bool prefersWhole)
    {
        _vocabulary = vocabulary;
        _merges = merges;
        _unknown = unknown;
        _fusesUnknown = fusesUnknown;
        _prefersWhole = prefersWhole;
    }

    public IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    public void Encode(string piece, List<int> ids)
    {
        if (_prefersWhole && _vocabulary.TryGetValue(piece, out int whole))
            ids.Add(whole);
        else
            new BytePairMerge(Characters(piece), _merges).AddTo(ids);
    }

    private List<int> Characters(string piece)
    {
        var ids = new List<int>(piece.Length);
        bool lastIsUnknown = false;
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> vocabulary = _vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int i = 0, length; i < piece.Length; i += length)
        {
            Rune.DecodeFromUtf16(piece.AsSpan(i), out _, out length);
            ReadOnlySpan<char> character = piece.AsSpan(i, length);
            bool isUnknown = false;
            if (vocabulary.TryGetValue(character, out int id))
            {
                ids.Add(id);
            }
            else if (_unknown.Bytes(character) is { } bytes)
            {
                ids.AddRange(bytes);
            }
            else
            {
                isUnknown = true;
                int token = _unknown.Token(character);
                if (!(lastIsUnknown && _fusesUnknown))
                    ids.Add(token);
            }

            lastIsUnknown = isUnknown;
        }

        return ids;
    }
}
