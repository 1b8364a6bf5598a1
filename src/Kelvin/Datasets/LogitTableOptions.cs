namespace Kelvin.Datasets;

/// <summary>Says how a CSV file of logits and labels is laid out. Every default fits columns split, label, z0, z1, ….</summary>
public sealed record LogitTableOptions
{
    /// <summary>Whether the first line names the columns; by default Kelvin looks.</summary>
    public CsvHeader Header { get; init; } = CsvHeader.Auto;

    /// <summary>Name of the label's column, or its number from 0, where −1 is the last.</summary>
    /// <value>By default the column named <c>label</c>, or the last one where there is none of that name.</value>
    public string? LabelColumn { get; init; }

    /// <summary>Name or number (from 0) of the column that says which part of the data a row belongs to.</summary>
    /// <value>By default the column named <c>split</c>, where there is one.</value>
    public string? SplitColumn { get; init; }

    /// <summary>Names or numbers (from 0) of columns to leave out, such as an identifier.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    /// <summary>What stands between two cells.</summary>
    /// <value>By default whichever of comma, semicolon, tab and bar splits the first lines most evenly.</value>
    public char? Delimiter { get; init; }
}
