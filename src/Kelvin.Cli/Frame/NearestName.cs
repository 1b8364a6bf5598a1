namespace Kelvin.Cli.Frame;

/// <summary>Finds what somebody may have meant.</summary>
internal static class NearestName
{
    /// <summary>The candidate with the smallest edit distance, or null if none is near.</summary>
    /// <param name="name">What was written; letter case does not count.</param>
    /// <param name="candidates">What is allowed.</param>
    /// <remarks>Near means at most a third of the longer name's letters, and at least one or two, must change.</remarks>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int smallest = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int distance = Distance(Fold(name), Fold(candidate));
            int allowed = Math.Max(2, Math.Max(name.Length, candidate.Length) / 3);
            if (distance < smallest && distance <= allowed && distance < candidate.Length)
            {
                nearest = candidate;
                smallest = distance;
            }
        }

        return nearest;
    }

    /// <summary>Edit distance with insertions, deletions, substitutions and swaps of neighbours, each costing 1.</summary>
    public static int Distance(string a, string b)
    {
        int[] beforeLast = new int[b.Length + 1];
        int[] last = new int[b.Length + 1];
        int[] current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            last[j] = j;

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[b.Length];
    }

    private static string Fold(string name) => name.ToUpperInvariant().Replace('-', '_').TrimStart('_');
}
