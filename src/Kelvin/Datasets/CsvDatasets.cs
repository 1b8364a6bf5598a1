using Kelvin.Linear;

namespace Kelvin.Datasets;

/// <summary>Reads labelled data from CSV files, packed with gzip or not.</summary>
/// <remarks>
/// <para>Text is UTF-8; numbers have a decimal point. Labels may be integers or text and become classes 0, 1, ….</para>
/// <para>A feature must be a finite number. The first cell that is not ends the reading with a <see cref="DatasetException"/> that names file, line and column.</para>
/// <para>Cost: one pass; 8 bytes a number.</para>
/// </remarks>
public static class CsvDatasets
{
    /// <summary>Reads the file at <paramref name="path"/>; the data set is named after it.</summary>
    /// <exception cref="DatasetException">The file is missing, damaged, or holds something that is neither a number nor a label.</exception>
    public static Dataset Read(string path, CsvDatasetOptions? options = null)
    {
        using Stream stream = DataStream.Open(path);
        return Read(stream, path, options);
    }

    /// <summary>Reads a stream to its end and closes it; <paramref name="file"/> is its name in messages.</summary>
    /// <exception cref="DatasetException">The data are damaged, or hold something that is neither a number nor a label.</exception>
    public static Dataset Read(Stream stream, string file, CsvDatasetOptions? options = null)
    {
        options ??= new CsvDatasetOptions();
        using var records = new CsvRecords(stream, file, options.Delimiter);
        CsvColumns columns = CsvColumns.Read(records, file, options.Header);

        HashSet<int> apart = [.. options.IgnoredColumns.Select(columns.Find)];
        int? className = options.ClassNameColumn is { } named ? columns.Find(named) : columns.TryFind("label_name");
        if (className is { } classColumn)
            apart.Add(classColumn);
        int label = options.LabelColumn is { } wanted ? columns.Find(wanted) : columns.TryFind("label") ?? columns.LastBut(apart);
        apart.Add(label);
        int[] features = columns.AllBut(apart);
        if (features.Length == 0)
            throw new DatasetException(file, null, null, "No column is left for the features.", "Keep at least one column of numbers beside the label; if there are more, set the delimiter.");

        var codes = new LabelCodes(file, columns[label], options.Labels);
        var numbers = new List<double>();
        int rows = 0;
        while (records.Next() is var (line, cells))
        {
            columns.RequireWidth(line, cells);
            foreach (int column in features)
                numbers.Add(CsvNumbers.Feature(cells[column], file, line, columns[column]));
            codes.Add(cells[label], className is { } at && at != label ? cells[at] : null, line);
            rows++;
        }

        if (rows == 0)
            throw new DatasetException(file, null, null, "The file names columns but holds no rows.", "Add a row for each example.");
        (int[] labels, string[] classNames) = codes.Finish();
        return new Dataset(
            NameOf(file), new MatrixView<double>(numbers.ToArray(), rows, features.Length), labels, [.. features.Select(i => columns[i])], classNames);
    }

    private static string NameOf(string file)
    {
        string name = Path.GetFileName(file);
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? name[..dot] : name;
    }
}
