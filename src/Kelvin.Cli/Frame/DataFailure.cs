using Kelvin.Datasets;

namespace Kelvin.Cli.Frame;

/// <summary>Tells the faults of data files in the form of all errors: place and problem, then remedy.</summary>
internal static class DataFailure
{
    /// <summary>An error that shows the path as the user wrote it.</summary>
    public static UsageException Of(DatasetException refused, string path)
    {
        string place = refused.Line is { } line ? FormattableString.Invariant($"{path}:{line}") : path;
        string column = refused.Column is { } name ? $", column {name}" : string.Empty;
        return new UsageException($"{place}{column}: {refused.Problem}", refused.Remedy, refused);
    }
}
