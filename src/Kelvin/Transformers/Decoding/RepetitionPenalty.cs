namespace Kelvin.Transformers.Decoding;

/// <summary>Makes tokens seen lately less likely, each once however often it was seen.</summary>
internal sealed class RepetitionPenalty(int vocabulary, SamplingOptions options)
{
    private readonly float _penalty = (float)options.RepetitionPenalty;
    private readonly int _window = options.RepetitionWindow;
    private readonly long[] _lastPenalised = options.RepetitionPenalty == 1 ? [] : new long[vocabulary];
    private long _row;

    /// <summary>z/ρ where z > 0, z·ρ where z ≤ 0, for every token among the last of <paramref name="context"/>.</summary>
    public void Apply(ReadOnlySpan<int> context, Span<float> logits)
    {
        if (_penalty == 1)
            return;

        _row++;
        foreach (int token in context[Math.Max(0, context.Length - _window)..])
        {
            Require.Index(token, logits.Length, nameof(context));
            if (_lastPenalised[token] == _row)
                continue;
            _lastPenalised[token] = _row;
            logits[token] = logits[token] > 0 ? logits[token] / _penalty : logits[token] * _penalty;
        }
    }
}
