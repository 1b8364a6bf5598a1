using System.Globalization;
using Kelvin.Temperatures;

namespace Kelvin.Cli.Calibration;

/// <summary>Draws two reliability diagrams side by side in text, a line for each bin of confidence.</summary>
internal static class ReliabilityText
{
    private const int Width = 24;

    /// <summary>Lines of at most 80 columns; bins that are empty in both are left out.</summary>
    public static IEnumerable<string> Lines(CalibrationMetrics before, CalibrationMetrics after)
    {
        yield return $"confidence   {"rows",5} {"before",-Width}  {"rows",5} {"after",-Width}".TrimEnd();
        for (int i = 0; i < before.ReliabilityDiagram.Count; i++)
        {
            ReliabilityBin left = before.ReliabilityDiagram[i];
            ReliabilityBin right = after.ReliabilityDiagram[i];
            if (left.Count + right.Count > 0)
                yield return string.Create(CultureInfo.InvariantCulture, $"{left.Low:0.00} – {left.High:0.00}  {Bar(left)}  {Bar(right)}").TrimEnd();
        }
    }

    /// <summary>The count, a bar as long as the accuracy, and a mark at the mean confidence.</summary>
    private static string Bar(ReliabilityBin bin)
    {
        if (bin.Count == 0)
            return new string(' ', Width + 6);

        char[] cells = new char[Width];
        int filled = (int)Math.Round(bin.Accuracy * Width);
        for (int i = 0; i < Width; i++)
            cells[i] = i < filled ? '█' : '·';
        cells[Math.Clamp((int)Math.Round(bin.MeanConfidence * Width) - 1, 0, Width - 1)] = '┃';
        return string.Create(CultureInfo.InvariantCulture, $"{bin.Count,5} {new string(cells)}");
    }
}
