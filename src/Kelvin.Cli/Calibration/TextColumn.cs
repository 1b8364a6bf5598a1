using System.IO.Compression;
using CsvHelper;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Calibration;

/// <summary>One column of a CSV file as text, found by its name in the first line.</summary>
internal static class TextColumn
{
    /// <summary>The cells below the name, or null if no column has it or the file cannot be read as CSV.</summary>
    public static string[]? TryRead(CliHost host, string path, string name)
    {
        using FileStream file = InputFile.Open(host, path, "a CSV file with logits and labels");
        try
        {
            using CsvReader reader = CsvReader.Create(Unpack(file), new CsvReaderOptions { HasHeader = false, TrimWhitespace = true });
            return Cells(reader, name);
        }
        catch (Exception damaged) when (damaged is CsvFormatException or InvalidDataException or EndOfStreamException)
        {
            // The data set's own reader meets the same damage and tells it with its place.
            return null;
        }
    }

    private static string[]? Cells(CsvReader reader, string name)
    {
        if (!reader.Read())
            return null;

        int column = 0;
        while (column < reader.FieldCount && !string.Equals(reader.GetString(column), name, StringComparison.OrdinalIgnoreCase))
            column++;
        if (column == reader.FieldCount)
            return null;

        List<string> cells = [];
        while (reader.Read())
            cells.Add(column < reader.FieldCount ? reader.GetString(column) : string.Empty);
        return [.. cells];
    }

    private static Stream Unpack(FileStream file)
    {
        Span<byte> start = stackalloc byte[2];
        int read = file.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && start[0] == 0x1f && start[1] == 0x8b ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
