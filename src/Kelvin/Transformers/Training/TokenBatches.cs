using Kelvin.Networks;

namespace Kelvin.Transformers.Training;

/// <summary>Gathers the sequences of a step, in an order that depends on the seed and the epoch alone.</summary>
/// <remarks>Because of that a resumed run needs no generator restored: the step says it all.</remarks>
internal sealed class TokenBatches
{
    private readonly TokenSet _set;
    private readonly int _sequences;
    private readonly int _seed;
    private readonly EpochOrder _order;
    private readonly int[] _tokens;
    private readonly int[] _labels;
    private readonly int[] _starts;

    /// <summary>Batches of so many sequences; the last few of an epoch that fill no batch are left to another epoch.</summary>
    public TokenBatches(TokenSet set, int sequences, int seed, bool keepsOrder = false)
    {
        (_set, _sequences, _seed) = (set, sequences, seed);
        _order = new EpochOrder(set.Count, seed, keepsOrder);
        _tokens = new int[checked(sequences * set.Length)];
        _labels = new int[_tokens.Length];
        _starts = new int[sequences + 1];
        StepsPerEpoch = Math.Max(1, set.Count / sequences);
    }

    public int StepsPerEpoch { get; }

    /// <summary>The sequences, one after another, each to its last scored token.</summary>
    public ReadOnlyMemory<int> Tokens => _tokens.AsMemory(0, _starts[^1]);

    public ReadOnlyMemory<int> Labels => _labels.AsMemory(0, _starts[^1]);

    /// <summary>Where each sequence starts, and where the last one ends.</summary>
    public ReadOnlyMemory<int> Starts => _starts;

    /// <summary>How many tokens of the batch are scored.</summary>
    public int Scored { get; private set; }

    /// <summary>Makes the batch of a step (from 0) the current one.</summary>
    public void Load(long step)
    {
        int epoch = (int)(step / StepsPerEpoch);
        int first = (int)(step % StepsPerEpoch) * _sequences;
        ReadOnlySpan<int> order = _order.Of(epoch);
        int length = _set.Length;
        for (int i = 0; i < _sequences; i++)
        {
            int index = order[(first + i) % order.Length];   // a set smaller than a batch comes more than once
            _starts[i + 1] = _starts[i] + _set.Copy(index, EpochOrder.Mix(~_seed, epoch), _tokens.AsSpan(_starts[i], length), _labels.AsSpan(_starts[i], length));
        }

        Scored = 0;
        foreach (int label in Labels.Span)
            Scored += label >= 0 ? 1 : 0;
    }
}
