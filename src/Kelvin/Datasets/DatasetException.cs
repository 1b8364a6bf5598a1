using System.Globalization;

namespace Kelvin.Datasets;

/// <summary>Says that a data file cannot be used: where the fault is, what it is and what to do.</summary>
/// <param name="file">Path or name of the file.</param>
/// <param name="line">Line of the fault, from 1; null where the fault has no line.</param>
/// <param name="column">Column of the fault, by name or by number from 1; null where the fault has no column.</param>
/// <param name="problem">What is wrong, as a sentence.</param>
/// <param name="remedy">What to do, as a sentence.</param>
/// <param name="innerException">What the runtime said, if anything.</param>
public sealed class DatasetException(
    string file, int? line, string? column, string problem, string remedy, Exception? innerException = null)
    : Exception($"{Place(file, line, column)}: {problem} {remedy}", innerException)
{
    /// <summary>Path or name of the file.</summary>
    public string File { get; } = file;

    /// <summary>Line of the fault, from 1; null where the fault has no line.</summary>
    public int? Line { get; } = line;

    /// <summary>Column of the fault, by name or by number from 1; null where the fault has no column.</summary>
    public string? Column { get; } = column;

    /// <summary>What is wrong, as a sentence.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to do, as a sentence.</summary>
    public string Remedy { get; } = remedy;

    private static string Place(string file, int? line, string? column)
    {
        string place = line is null ? file : string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}");
        return column is null ? place : $"{place}, column {column}";
    }
}
