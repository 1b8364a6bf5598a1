using System.Globalization;
using Kelvin.Cli.Frame;
using Kelvin.Datasets;

namespace Kelvin.Cli.Calibration;

/// <summary>Logits and labels from a CSV file, dealt to rows that fit the temperature and rows that judge it.</summary>
/// <param name="Fit">Rows to fit on; their features are the logits.</param>
/// <param name="Test">Rows to measure on; the same as <paramref name="Fit"/> if all rows are used for both.</param>
/// <param name="How">How the rows were dealt, in words.</param>
internal sealed record LogitTable(Dataset Fit, Dataset Test, string How)
{
    private const string CalibrationPart = "calibration";
    private const string TestPart = "test";

    public int Classes => Fit.FeatureCount;

    /// <summary>Reads a file with a column for the label, one for each class's logit, and maybe one for the part a row belongs to.</summary>
    public static LogitTable Read(CliHost host, string path, LogitColumns columns, int seed)
    {
        string split = columns.Split ?? "split";
        string[]? parts = TextColumn.TryRead(host, path, split);
        if (parts is null && columns.Split is not null)
            throw new UsageException($"{path} has no column {split}.", "Its first line must name the columns; leave --split out to split at random.");

        Dataset rows = ReadLogits(host, path, columns.Label, parts is null ? [] : [split]);
        if (columns.FitsAll)
            return new LogitTable(rows, rows, "all rows used twice, which flatters the result");
        return parts is null ? Deal(rows, seed) : Deal(rows, path, parts, split);
    }

    private static Dataset ReadLogits(CliHost host, string path, string? label, IReadOnlyList<string> ignored)
    {
        string full = host.FullPath(path);
        var options = new CsvDatasetOptions { LabelColumn = label, IgnoredColumns = ignored };
        try
        {
            Dataset open = CsvDatasets.Read(full, options);
            if (open.FeatureCount < 2)
                throw new UsageException($"{path} has one column of logits, but must have one for each of at least two classes.", "Name the label's column with --labels.");

            bool areNumbers = open.ClassNames.All(name => int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
            IReadOnlyList<string> labels = areNumbers
                ? [.. Enumerable.Range(0, open.FeatureCount).Select(i => i.ToString(CultureInfo.InvariantCulture))]
                : open.FeatureNames;
            return CsvDatasets.Read(full, options with { Labels = labels });
        }
        catch (DatasetException refused)
        {
            throw DataFailure.Of(refused, path);
        }
    }

    private static LogitTable Deal(Dataset rows, int seed)
    {
        StratifiedSplit split = StratifiedSplit.Make(rows.Labels.Span, 0.5, 0, 0.5, seed);
        string how = string.Create(CultureInfo.InvariantCulture, $"halves dealt at random, seed {seed}");
        return new LogitTable(rows.Subset(split.Train), rows.Subset(split.Test), how);
    }

    private static LogitTable Deal(Dataset rows, string path, string[] parts, string split)
    {
        int[] fit = RowsOf(parts, CalibrationPart);
        int[] test = RowsOf(parts, TestPart);
        if (fit.Length == 0 || test.Length == 0 || fit.Length + test.Length < parts.Length)
        {
            string found = string.Join(", ", parts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(6));
            throw new UsageException(
                $"{path}, column {split}: it holds {found}, but must hold {CalibrationPart} and {TestPart}, both of them and nothing else.",
                "Rename the parts, name another column with --split, or take --fit-all.");
        }

        return new LogitTable(rows.Subset(fit), rows.Subset(test), $"as column {split} says");
    }

    private static int[] RowsOf(string[] parts, string part) =>
        [.. Enumerable.Range(0, parts.Length).Where(i => string.Equals(parts[i], part, StringComparison.OrdinalIgnoreCase))];
}
