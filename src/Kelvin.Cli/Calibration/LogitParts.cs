using Kelvin.Cli.Frame;
using Kelvin.Datasets;

namespace Kelvin.Cli.Calibration;

/// <summary>Logits and labels from a CSV file, dealt to rows that fit the temperature and rows that judge it.</summary>
/// <param name="Fit">Rows to fit on.</param>
/// <param name="Test">Rows to measure on; the same as <paramref name="Fit"/> if all rows are used for both.</param>
/// <param name="How">How the rows were dealt, in words.</param>
internal sealed record LogitParts(LogitTable Fit, LogitTable Test, string How)
{
    private const string CalibrationPart = "calibration";
    private const string TestPart = "test";

    public int Classes => Fit.ClassNames.Count;

    /// <summary>Reads a file with a column for the label, one for each class's logit, and maybe one for the part a row belongs to.</summary>
    /// <param name="host">Knows where relative paths start.</param>
    /// <param name="path">The file as the user wrote it.</param>
    /// <param name="options">Which columns hold what.</param>
    /// <param name="fitsAll">Whether all rows are used both to fit and to measure.</param>
    /// <param name="seed">Deals the rows where no column says how.</param>
    public static LogitParts Read(CliHost host, string path, LogitTableOptions options, bool fitsAll, int seed)
    {
        using FileStream file = InputFile.Open(host, path, "a CSV file with logits and labels");
        try
        {
            var rows = LogitTable.Read(file, path, options);
            if (fitsAll)
                return new LogitParts(rows, rows, "all rows used twice, which flatters the result");
            return rows.Splits.Count == 0 ? DealAtRandom(rows, path, seed) : DealBySplit(rows, path, options.SplitColumn ?? "split");
        }
        catch (DatasetException refused)
        {
            throw DataFailure.Of(refused, path);
        }
    }

    private static LogitParts DealAtRandom(LogitTable rows, string path, int seed)
    {
        StratifiedSplit split = StratifiedSplit.Make(rows.Labels.Span, 0.5, 0, 0.5, seed);
        if (split.Train.Length == 0 || split.Test.Length == 0)
            throw new UsageException($"{path} has {rows.Rows} row, too few to fit on some and measure on others.", "Give more rows, or take --fit-all.");

        return new LogitParts(
            rows.Subset(split.Train), rows.Subset(split.Test), FormattableString.Invariant($"halves dealt at random, seed {seed}"));
    }

    private static LogitParts DealBySplit(LogitTable rows, string path, string column)
    {
        if (rows.Splits.Count != 2 || !rows.Splits.Contains(CalibrationPart, StringComparer.Ordinal) || !rows.Splits.Contains(TestPart, StringComparer.Ordinal))
        {
            throw new UsageException(
                $"{path}, column {column}: it holds {string.Join(", ", rows.Splits.Take(6))}, but must hold {CalibrationPart} and {TestPart}, both of them and nothing else.",
                "Rename the parts, name another column with --split, or take --fit-all.");
        }

        return new LogitParts(rows.Part(CalibrationPart), rows.Part(TestPart), $"as column {column} says");
    }
}
