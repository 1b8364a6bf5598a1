using System.Text;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>The unigram language model: of all ways to cut a piece into tokens, the one whose scores (log-probabilities) sum to the most.</summary>
/// <remarks>
/// <para>Viterbi over the characters; an unknown character costs 10 nats more than the rarest token, and neighbours of that kind become one.</para>
/// <para>Cost: the length of the piece times that of the longest token.</para>
/// <para>Source: T. Kudo, Subword regularization, ACL 2018.</para>
/// </remarks>
internal sealed class UnigramModel : ITokenModel
{
    private const double UnknownPenalty = 10;

    private readonly Dictionary<string, int> _vocabulary;
    private readonly double[] _scores;
    private readonly UnknownCharacter _unknown;
    private readonly double _unknownScore;
    private readonly int _longest;

    /// <param name="vocabulary">Every token with its id, from 0 on without a gap.</param>
    /// <param name="scores">The score of each id.</param>
    /// <param name="unknown">What happens to characters that are no token.</param>
    public UnigramModel(Dictionary<string, int> vocabulary, double[] scores, UnknownCharacter unknown)
    {
        _vocabulary = vocabulary;
        _scores = scores;
        _unknown = unknown;
        _unknownScore = scores.Min() - UnknownPenalty;
        _longest = vocabulary.Keys.Max(token => token.Length);
    }

    public IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    public void Encode(string piece, List<int> ids)
    {
        (int[] starts, bool[] isKnown) = BestPath(piece);
        var ends = new Stack<int>();
        for (int end = piece.Length; end > 0; end = starts[end])
            ends.Push(end);

        int start = 0;
        while (ends.TryPop(out int end))
        {
            bool isToken = isKnown[end];
            while (!isToken && ends.TryPeek(out int next) && !isKnown[next])
                end = ends.Pop();
            Add(piece.AsSpan(start, end - start), isToken, ids);
            start = end;
        }
    }

    /// <summary>For each index of the text: where the last token of the best way there starts, and whether it is one.</summary>
    private (int[] Starts, bool[] IsKnown) BestPath(string piece)
    {
        int[] starts = new int[piece.Length + 1];
        bool[] isKnown = new bool[piece.Length + 1];
        double[] best = new double[piece.Length + 1];
        Array.Fill(best, double.NegativeInfinity, 1, piece.Length);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> vocabulary = _vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int start = 0, character; start < piece.Length; start += character)
        {
            Rune.DecodeFromUtf16(piece.AsSpan(start), out _, out character);
            bool hasCharacter = false;
            for (int length = 1; length <= _longest && start + length <= piece.Length; length++)
            {
                if (vocabulary.TryGetValue(piece.AsSpan(start, length), out int id))
                {
                    hasCharacter |= length == character;
                    Reach(start, start + length, best[start] + _scores[id], known: true);
                }
            }

            if (!hasCharacter)
                Reach(start, start + character, best[start] + _unknownScore, known: false);
        }

        return (starts, isKnown);

        void Reach(int start, int end, double score, bool known)
        {
            if (!(score > best[end]))
                return;
            best[end] = score;
            starts[end] = start;
            isKnown[end] = known;
        }
    }

    private void Add(ReadOnlySpan<char> token, bool isToken, List<int> ids)
    {
        if (isToken)
            ids.Add(_vocabulary.GetAlternateLookup<ReadOnlySpan<char>>()[token]);
        else if (_unknown.Bytes(token) is { } bytes)
            ids.AddRange(bytes);
        else
            ids.Add(_unknown.Token(token));
    }
}
