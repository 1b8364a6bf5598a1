namespace Kelvin.Inspection.Sites;

/// <summary>A tensor of any floating-point type, read row by row as double.</summary>
internal interface ITensorNumbers
{
    /// <summary>The shape.</summary>
    IReadOnlyList<long> Shape { get; }

    /// <summary>Bytes that the tensor takes.</summary>
    long Bytes { get; }

    /// <summary>Copies entries start, start + step, … as long as <paramref name="row"/> is.</summary>
    void CopyRow(int start, int step, Span<double> row);
}
