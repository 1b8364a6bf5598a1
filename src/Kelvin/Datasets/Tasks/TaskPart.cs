namespace Kelvin.Datasets.Tasks;

/// <summary>Which contents may be drawn. Every content, whatever its phrasing, belongs to exactly one part.</summary>
public enum TaskPart
{
    /// <summary>Seven of eight contents: to learn from.</summary>
    Train,

    /// <summary>The others: to measure on.</summary>
    HeldOut,
}
