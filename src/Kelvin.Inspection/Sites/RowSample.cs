namespace Kelvin.Inspection.Sites;

/// <summary>Chooses evenly spaced rows whose logits are kept: at most 1 024 a head, and few enough to stay small where rows are long.</summary>
internal sealed class RowSample
{
    private const int MostRows = 1024;
    private const int MostEntries = 1 << 21;   // 16 MB over all heads
    private const int LeastEntries = 1 << 16;

    private readonly int _step;

    /// <summary>Chooses for one of several heads.</summary>
    /// <param name="heads">Number of heads that share the room; 0 counts as 1.</param>
    /// <param name="rows">Rows of a head.</param>
    /// <param name="length">Entries of a row.</param>
    public RowSample(int heads, int rows, int length)
    {
        int entries = Math.Max(LeastEntries, MostEntries / Math.Max(1, heads));
        int kept = Math.Clamp(entries / Math.Max(1, length), 1, MostRows);
        _step = Math.Max(1, (rows + kept - 1) / kept);
    }

    /// <summary>Whether a row is kept.</summary>
    public bool Takes(int row) => row % _step == _step / 2;
}
