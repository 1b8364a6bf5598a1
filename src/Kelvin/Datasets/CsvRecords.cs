using CsvHelper;

namespace Kelvin.Datasets;

/// <summary>Reads a CSV file record by record, each with its line, and turns what goes wrong into a <see cref="DatasetException"/>.</summary>
internal sealed class CsvRecords : IDisposable
{
    private readonly string _file;
    private readonly CsvReader _reader;
    private readonly Queue<(int Line, string[] Cells)> _ahead = new();

    public CsvRecords(Stream stream, string file, char? delimiter)
    {
        _file = file;
        _reader = CsvReader.Create(DataStream.Unpack(stream), new CsvReaderOptions
        {
            HasHeader = false,
            Separator = delimiter,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        });
    }

    /// <summary>The next record but <paramref name="skip"/>, without taking it; null at the end.</summary>
    public (int Line, string[] Cells)? Peek(int skip = 0)
    {
        while (_ahead.Count <= skip && Read() is { } record)
            _ahead.Enqueue(record);
        return _ahead.Count > skip ? _ahead.ElementAt(skip) : null;
    }

    /// <summary>The next record; null at the end.</summary>
    public (int Line, string[] Cells)? Next() => _ahead.TryDequeue(out (int Line, string[] Cells) record) ? record : Read();

    public void Dispose() => _reader.Dispose();

    private (int Line, string[] Cells)? Read()
    {
        try
        {
            if (!_reader.Read())
                return null;

            string[] cells = new string[_reader.FieldCount];
            for (int i = 0; i < cells.Length; i++)
                cells[i] = _reader.GetString(i);
            return ((int)_reader.LineNumber, cells);
        }
        catch (CsvFormatException exception)
        {
            int? line = exception.LineNumber > 0 ? (int)exception.LineNumber : null;
            throw new DatasetException(
                _file, line, null, "A quotation mark is out of place.", "Put the whole cell in quotes and double the quotes inside it.", exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new DatasetException(_file, null, null, "The gzip data are damaged or cut off.", "Fetch the file again.", exception);
        }
    }
}
