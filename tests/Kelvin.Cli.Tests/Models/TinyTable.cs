using System.Globalization;

namespace Kelvin.Cli.Tests.Models;

/// <summary>The accuracy table of a model: task, phrasing and temperature to items and accuracy.</summary>
internal static class TinyTable
{
    /// <summary>Reads an <c>accuracy.csv</c>.</summary>
    public static Dictionary<(string Task, string Phrasing, double Temperature), (int Items, double Accuracy)> Read(string path) =>
        File.ReadLines(path).Skip(1).Select(line => line.Split(',')).ToDictionary(
            cells => (cells[0], cells[1], double.Parse(cells[2], CultureInfo.InvariantCulture)),
            cells => (int.Parse(cells[3], CultureInfo.InvariantCulture), double.Parse(cells[4], CultureInfo.InvariantCulture)));
}
