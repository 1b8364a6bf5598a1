using Kelvin.Inspection.Sites;

namespace Kelvin.Inspection.Checkpoints;

/// <summary>Keeps the pictures of the heads that stand out most.</summary>
internal sealed class WorstPatterns
{
    private const int Most = 12;
    private readonly List<(double Oddity, AttentionPattern Pattern)> _kept = [];

    /// <summary>The kept ones, the oddest first.</summary>
    public IReadOnlyList<AttentionPattern> Patterns => [.. _kept.Select(kept => kept.Pattern)];

    /// <summary>Offers a head.</summary>
    public void Offer(HeadVitals head, int layer, PatternCells cells)
    {
        double oddity = HeadJudge.Oddity(head);
        if (double.IsNaN(oddity) || (_kept.Count == Most && oddity <= _kept[^1].Oddity))
            return;

        int place = _kept.FindIndex(kept => kept.Oddity < oddity);
        _kept.Insert(place < 0 ? _kept.Count : place, (oddity, cells.Pattern(layer, head.Head)));
        if (_kept.Count > Most)
            _kept.RemoveAt(Most);
    }
}
