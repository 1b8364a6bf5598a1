using System.Text;
using Kelvin.Datasets;

namespace Kelvin.Tests.Datasets;

/// <summary>Reads a data set from text, as if it were a file named data.csv.</summary>
internal static class CsvText
{
    public static Dataset Read(string text, CsvDatasetOptions? options = null) => CsvDatasets.Read(Stream(text), "data.csv", options);

    public static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
