namespace Kelvin.Reports.Charts;

/// <summary>Thins a long line: of each stretch the smallest and the largest value stay, and a gap stays a gap.</summary>
internal static class Downsampling
{
    /// <summary>The most points of a line that are drawn.</summary>
    public const int Limit = 2000;

    /// <summary>Chooses which points of a line to draw.</summary>
    /// <param name="y">The values; NaN and ±∞ are gaps.</param>
    /// <param name="low">Lower edge of a band, or null; its smallest value in each stretch stays too.</param>
    /// <param name="high">Upper edge of a band, or null; its largest value in each stretch stays too.</param>
    /// <param name="limit">The most points to keep, at least 16.</param>
    /// <returns>Indices in increasing order, the first and the last point among them; all of them up to the limit.</returns>
    /// <remarks>O(n). A stretch keeps at most five points: its extremes, those of the band, and one gap.</remarks>
    public static int[] Choose(IReadOnlyList<double> y, IReadOnlyList<double>? low, IReadOnlyList<double>? high, int limit = Limit)
    {
        if (y.Count <= limit)
            return [.. Enumerable.Range(0, y.Count)];

        bool hasGaps = y.Any(value => !double.IsFinite(value));
        int perStretch = 2 + (low is null ? 0 : 1) + (high is null ? 0 : 1) + (hasGaps ? 1 : 0);
        int stretches = (limit - 2) / perStretch;
        var chosen = new List<int>(limit) { 0 };
        for (int s = 0; s < stretches; s++)
        {
            int start = (int)((long)y.Count * s / stretches);
            int end = (int)((long)y.Count * (s + 1) / stretches);
            AddStretch(chosen, y, low, high, start, end);
        }

        chosen.Add(y.Count - 1);
        return [.. chosen.Order().Distinct()];
    }

    private static void AddStretch(
        List<int> chosen, IReadOnlyList<double> y, IReadOnlyList<double>? low, IReadOnlyList<double>? high, int start, int end)
    {
        AddExtreme(chosen, y, start, end, sign: -1);
        AddExtreme(chosen, y, start, end, sign: 1);
        if (low is not null)
            AddExtreme(chosen, low, start, end, sign: -1);
        if (high is not null)
            AddExtreme(chosen, high, start, end, sign: 1);
        for (int i = start; i < end; i++)
        {
            if (!double.IsFinite(y[i]))
            {
                chosen.Add(i);
                return;
            }
        }
    }

    private static void AddExtreme(List<int> chosen, IReadOnlyList<double> values, int start, int end, int sign)
    {
        int best = -1;
        for (int i = start; i < end; i++)
        {
            if (double.IsFinite(values[i]) && (best < 0 || sign * values[i] > sign * values[best]))
                best = i;
        }

        if (best >= 0)
            chosen.Add(best);
    }
}
