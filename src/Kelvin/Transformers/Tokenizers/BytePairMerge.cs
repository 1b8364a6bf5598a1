namespace Kelvin.Transformers.Tokenizers;

/// <summary>The joining of one piece: a linked list of tokens and a queue of the pairs that may be joined.</summary>
internal sealed class BytePairMerge
{
    private const int None = -1;

    private readonly int[] _tokens;
    private readonly int[] _next;
    private readonly int[] _previous;
    private readonly IReadOnlyDictionary<(int Left, int Right), (int Rank, int Joined)> _merges;
    private readonly PriorityQueue<(int Left, int Right), (int Rank, int Position)> _queue = new();

    /// <param name="tokens">The piece, character by character.</param>
    /// <param name="merges">Pairs of ids that may be joined, with their rank and what they become.</param>
    public BytePairMerge(List<int> tokens, IReadOnlyDictionary<(int Left, int Right), (int Rank, int Joined)> merges)
    {
        _tokens = [.. tokens];
        _merges = merges;
        _next = [.. Enumerable.Range(1, _tokens.Length)];
        _previous = [.. Enumerable.Range(None, _tokens.Length)];
        for (int i = 0; i + 1 < _tokens.Length; i++)
            Offer(i);
    }

    /// <summary>Joins all that can be joined and adds what is left.</summary>
    public void AddTo(List<int> ids)
    {
        while (_queue.TryDequeue(out (int Left, int Right) pair, out (int Rank, int Position) best))
        {
            int left = best.Position;
            bool isStale = _tokens[left] != pair.Left || _next[left] >= _tokens.Length || _tokens[_next[left]] != pair.Right;
            if (!isStale)
                Join(left, _merges[pair].Joined);
        }

        for (int i = 0; i < _tokens.Length; i = _next[i])
            ids.Add(_tokens[i]);
    }

    private void Join(int left, int joined)
    {
        int right = _next[left];
        _tokens[left] = joined;
        _tokens[right] = None;
        _next[left] = _next[right];
        if (_next[left] < _tokens.Length)
        {
            _previous[_next[left]] = left;
            Offer(left);
        }

        if (_previous[left] != None)
            Offer(_previous[left]);
    }

    private void Offer(int left)
    {
        (int Left, int Right) pair = (_tokens[left], _tokens[_next[left]]);
        if (_merges.TryGetValue(pair, out (int Rank, int Joined) merge))
            _queue.Enqueue(pair, (merge.Rank, left));
    }
}
