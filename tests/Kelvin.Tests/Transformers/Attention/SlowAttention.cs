using Kelvin.Linear;
using Kelvin.Transformers.Attention;

namespace Kelvin.Tests.Transformers.Attention;

/// <summary>Attention as the formulas say it, in double, one head at a time, with the whole matrix of probabilities.</summary>
internal sealed class SlowAttention
{
    private readonly AttentionCase _case;

    public SlowAttention(AttentionCase attention)
    {
        _case = attention;
        Output = MatrixView.Allocate<double>(attention.Queries, attention.Heads * attention.ValueDepth);
        for (int head = 0; head < attention.Heads; head++)
        {
            for (int query = 0; query < attention.Queries; query++)
                Row(head, query);
        }
    }

    public MatrixView<double> Output { get; }

    public List<AttentionStatistics> Vitals { get; } = [];

    /// <summary>Σ|p v| of each output, the size that rounding errors are measured by.</summary>
    public double LargestValue { get; private set; }

    /// <summary>The largest |z/T| that is seen, with |⟨q, k⟩| taken as Σ|q k|: the size that rounding errors of the scores are measured by.</summary>
    public double LargestScore { get; private set; }

    public List<double[]> Probabilities { get; } = [];

    /// <summary>z of each head and query, −∞ where a key is not seen.</summary>
    public List<double[]> Logits { get; } = [];

    private double Score(int head, int query, int key)
    {
        AttentionCase c = _case;
        long position = query + (long)(c.Options.QueryOffset ?? c.Keys - c.Queries);
        bool seen = (!c.Options.IsCausal || key <= position)
            && (c.Options.Window is not int window || Math.Abs(key - position) < window)
            && (c.KeyCounts.Length == 0 || key < c.KeyCounts[query]);
        if (!seen)
            return double.NegativeInfinity;

        double z = 0;
        double size = 0;
        for (int i = 0; i < c.Depth; i++)
        {
            double product = c.Q[query, (head * c.Depth) + i] * c.K[key, (head / c.Group * c.Depth) + i];
            z += product;
            size += Math.Abs(product);
        }

        double scale = c.Options.Scale ?? 1 / Math.Sqrt(c.Depth);
        double temperature = c.Options.Temperatures.IsEmpty ? 1 : c.Options.Temperatures.Span[head];
        LargestScore = Math.Max(LargestScore, size * Math.Abs(scale) / temperature);
        z *= scale;
        if (c.Options.SoftCap is { } cap)
            z = cap * Math.Tanh(z / cap);
        if (!c.Options.Slopes.IsEmpty)
            z += c.Options.Slopes.Span[head] * (key - position);
        if (c.Bias.Columns > 0)
            z += c.Bias[c.Bias.Rows == c.Queries ? query : (head * c.Queries) + query, key];
        return z;
    }

    private void Row(int head, int query)
    {
        double temperature = _case.Options.Temperatures.IsEmpty ? 1 : _case.Options.Temperatures.Span[head];
        double[] z = [.. Enumerable.Range(0, _case.Keys).Select(key => Score(head, query, key))];
        double sink = _case.Sinks.Length > 0 ? _case.Sinks[head] : double.NegativeInfinity;
        double[] all = [.. z, sink];
        double max = all.Max();
        double[] e = [.. all.Select(x => double.IsNegativeInfinity(x) ? 0 : Math.Exp((x - max) / temperature))];
        double sum = e.Sum();
        double lse = double.IsNegativeInfinity(max) ? max : (max / temperature) + Math.Log(sum);
        double[] p = [.. e.Select(x => x == 0 ? 0 : x / sum)];   // not exp(z/T − LSE): that has the rounding of LSE in every p
        Probabilities.Add(p);
        Logits.Add(z);
        for (int i = 0; i < _case.ValueDepth; i++)
        {
            int column = (head / _case.Group * _case.ValueDepth) + i;
            for (int key = 0; key < _case.Keys; key++)
            {
                Output[query, (head * _case.ValueDepth) + i] += p[key] * _case.V[key, column];
                LargestValue = Math.Max(LargestValue, Math.Abs(_case.V[key, column]));
            }
        }

        int count = all.Count(x => !double.IsNegativeInfinity(x));
        if (count == 0)
        {
            Vitals.Add(AttentionStatistics.FullyMasked);
            return;
        }

        LargestScore = Math.Max(LargestScore, all.Where(double.IsFinite).Max(x => Math.Abs(x / temperature)));
        double mean = Sum(x => x);
        double entropy = -Sum(x => (x / temperature) - lse);
        Vitals.Add(new AttentionStatistics
        {
            MaxLogit = z.Append(double.NegativeInfinity).Max(),
            LargestKey = z.All(double.IsNegativeInfinity) ? -1 : Array.IndexOf(z, z.Max()),
            LogSumExp = lse,
            Entropy = entropy,
            NormalizedEntropy = count == 1 ? 0 : entropy / Math.Log(count),
            SumSquares = p.Sum(x => x * x),
            FirstKeyMass = _case.Keys > 0 ? p[0] : 0,
            SinkMass = p[^1],
            MeanLogit = mean,
            Variance = Sum(x => (x - mean) * (x - mean)),
            UnmaskedCount = count,
        });

        double Sum(Func<double, double> of) => all.Select((x, i) => double.IsNegativeInfinity(x) ? 0 : p[i] * of(x)).Sum();
    }
}
