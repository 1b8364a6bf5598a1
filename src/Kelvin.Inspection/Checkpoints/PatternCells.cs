namespace Kelvin.Inspection.Checkpoints;

/// <summary>Gathers the attention of one head into a picture of at most 96 × 96 cells.</summary>
internal sealed class PatternCells
{
    private const int Most = 96;
    private readonly double[] _cells;
    private readonly int[] _queries;

    public PatternCells(int tokens)
    {
        Tokens = (tokens + Most - 1) / Most;
        Size = (tokens + Tokens - 1) / Tokens;
        _cells = new double[Size * Size];
        _queries = new int[Size];
    }

    /// <summary>Tokens a cell stands for.</summary>
    public int Tokens { get; }

    /// <summary>Cells in each direction.</summary>
    public int Size { get; }

    /// <summary>Takes the probabilities of a query over the keys up to itself.</summary>
    public void Add(int query, ReadOnlySpan<double> probabilities)
    {
        int row = query / Tokens;
        _queries[row]++;
        for (int key = 0; key < probabilities.Length; key++)
            _cells[(row * Size) + (key / Tokens)] += probabilities[key];
    }

    /// <summary>The picture.</summary>
    public AttentionPattern Pattern(int layer, int head) => new(
        layer, head, Tokens, Size, [.. _cells.Select((mass, cell) => cell % Size > cell / Size ? double.NaN : mass / _queries[cell / Size])]);
}
