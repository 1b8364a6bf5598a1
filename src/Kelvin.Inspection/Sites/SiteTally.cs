using Kelvin.Softmax;

namespace Kelvin.Inspection.Sites;

/// <summary>Gathers the rows of one softmax, head by head.</summary>
/// <param name="heads">Number of heads; 0 for a softmax that has none.</param>
/// <param name="rows">Rows of a head.</param>
/// <param name="length">Entries of a row.</param>
internal sealed class SiteTally(int heads, int rows, int length)
{
    private readonly HeadTally[] _heads =
        [.. Enumerable.Range(0, Math.Max(1, heads)).Select(_ => new HeadTally(length, new RowSample(heads, rows, length)))];

    /// <summary>The statistics of every row, head after head.</summary>
    public SoftmaxStatistics[] Rows => [.. _heads.SelectMany(head => head.Rows)];

    /// <summary>What is gathered of one head; of all rows at 0 where there are none.</summary>
    public HeadTally this[int head] => _heads[head];

    /// <summary>The vitals of each head, judged if it is attention.</summary>
    public IReadOnlyList<HeadVitals> Heads(bool hasLogits, bool isAttention) => heads == 0
        ? []
        : [.. _heads.Select((tally, head) => Judged(tally.Describe(head, hasLogits), isAttention))];

    /// <summary>The vitals of all rows together, judged if it is attention without heads.</summary>
    public HeadVitals Whole(bool hasLogits, bool isAttention)
    {
        var whole = new HeadTally(length);
        foreach (HeadTally head in _heads)
            whole.Add(head);
        return Judged(whole.Describe(-1, hasLogits), isAttention && heads == 0);
    }

    private static HeadVitals Judged(HeadVitals head, bool isAttention) => isAttention ? head with { States = HeadJudge.Judge(head) } : head;
}
