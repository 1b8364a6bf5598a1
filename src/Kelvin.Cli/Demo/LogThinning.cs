namespace Kelvin.Cli.Demo;

/// <summary>Chooses the steps of a long run that a chart with a logarithmic axis can show.</summary>
internal static class LogThinning
{
    private const int BucketsPerDecade = 32;

    /// <summary>
    /// The places of the values to draw, ascending: in each 32nd of a decade of steps the smallest and the largest, so that no spike is lost;
    /// and the first, the last, and every one that is not finite.
    /// </summary>
    public static int[] Choose(IReadOnlyList<double> values)
    {
        var kept = new SortedSet<int>();
        int start = 0;
        while (start < values.Count)
        {
            int bucket = Bucket(start);
            int end = start;
            (int smallest, int largest) = (start, start);
            for (; end < values.Count && Bucket(end) == bucket; end++)
            {
                if (values[end] < values[smallest])
                    smallest = end;
                if (values[end] > values[largest])
                    largest = end;
                if (!double.IsFinite(values[end]))
                    kept.Add(end);
            }

            kept.Add(smallest);
            kept.Add(largest);
            start = end;
        }

        if (values.Count > 0)
            kept.UnionWith([0, values.Count - 1]);
        return [.. kept];
    }

    private static int Bucket(int index) => (int)(BucketsPerDecade * Math.Log10(index + 1));
}
