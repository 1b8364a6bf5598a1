namespace Kelvin.Datasets;

/// <summary>Says how a CSV file is laid out. Every default fits a file with a header and the label in the last column.</summary>
public sealed record CsvDatasetOptions
{
    /// <summary>Whether the first line names the columns; by default Kelvin looks.</summary>
    public CsvHeader Header { get; init; } = CsvHeader.Auto;

    /// <summary>Name of the label's column, or its number from 0, where −1 is the last.</summary>
    /// <value>By default the column named <c>label</c>, or the last one where there is none of that name.</value>
    public string? LabelColumn { get; init; }

    /// <summary>Name or number (from 0) of a column that spells out the class; it is no feature.</summary>
    /// <value>By default the column named <c>label_name</c>, where there is one.</value>
    public string? ClassNameColumn { get; init; }

    /// <summary>Names or numbers (from 0) of columns to leave out, such as an identifier.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    /// <summary>The labels that may occur, in the order of their classes; take it from the training data when reading a second file.</summary>
    /// <value>By default the labels that occur, integers in their order and text in alphabetical order.</value>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>What stands between two cells.</summary>
    /// <value>By default whichever of comma, semicolon, tab and bar splits the first lines most evenly.</value>
    public char? Delimiter { get; init; }
}
