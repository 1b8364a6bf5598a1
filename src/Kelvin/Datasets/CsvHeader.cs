namespace Kelvin.Datasets;

/// <summary>Says whether the first line of a CSV file names the columns.</summary>
public enum CsvHeader
{
    /// <summary>Look: a line is a header if a cell of it is text above a number, or if it is the only line and holds no number.</summary>
    Auto,

    /// <summary>The first line names the columns.</summary>
    Present,

    /// <summary>The first line is data; columns are named column1, column2, …</summary>
    Absent,
}
