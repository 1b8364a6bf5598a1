namespace Kelvin.Transformers.Decoding;

/// <summary>Finds the value in a heap of numbers at which a count or a sum from the top is reached, without sorting them.</summary>
/// <remarks>Quickselect with the median of three as pivot and three ways to go: O(n) on average. The numbers are moved about.</remarks>
internal static class WeightedSelection
{
    /// <summary>The k-th largest, k from 1 to the length. No NaN.</summary>
    public static float Largest(Span<float> values, int k)
    {
        while (true)
        {
            float pivot = Pivot(values);
            (int above, int equal) = Partition(values, pivot);
            if (k <= above)
            {
                values = values[..above];
            }
            else if (k <= above + equal)
            {
                return pivot;
            }
            else
            {
                k -= above + equal;
                values = values[(above + equal)..];
            }
        }
    }

    /// <summary>The largest value t with Σ[v ≥ t] v ≥ <paramref name="share"/>, and Σ[v &gt; t] v; the smallest value if all sum to less.</summary>
    /// <param name="values">Not negative, no NaN; at least one.</param>
    /// <param name="share">The sum to reach.</param>
    public static (float Threshold, double Above) Nucleus(Span<float> values, double share)
    {
        double taken = 0;
        while (true)
        {
            float pivot = Pivot(values);
            (int above, int equal) = Partition(values, pivot);
            double larger = taken + Sum(values[..above]);
            double reached = larger + ((double)pivot * equal);
            if (above > 0 && larger >= share)
            {
                values = values[..above];
            }
            else if (reached >= share || above + equal == values.Length)
            {
                return (pivot, larger);
            }
            else
            {
                taken = reached;
                values = values[(above + equal)..];
            }
        }
    }

    private static float Pivot(ReadOnlySpan<float> values)
    {
        (float a, float b, float c) = (values[0], values[values.Length / 2], values[^1]);
        return Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
    }

    /// <summary>Brings the larger to the front, then the equal; returns how many there are of each.</summary>
    private static (int Above, int Equal) Partition(Span<float> values, float pivot)
    {
        int above = 0;
        int below = values.Length;
        for (int i = 0; i < below;)
        {
            float value = values[i];
            if (value > pivot)
            {
                values[i++] = values[above];
                values[above++] = value;
            }
            else if (value < pivot)
            {
                values[i] = values[--below];
                values[below] = value;
            }
            else
            {
                i++;
            }
        }

        return (above, below - above);
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return sum;
    }
}
