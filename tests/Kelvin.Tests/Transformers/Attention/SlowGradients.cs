using Kelvin.Linear;

namespace Kelvin.Tests.Transformers.Attention;

/// <summary>The gradients as the formulas say them, from the whole matrix of probabilities.</summary>
internal sealed class SlowGradients
{
    public SlowGradients(AttentionCase attention, SlowAttention forward, MatrixView<double> outputGradient)
    {
        AttentionCase c = attention;
        Queries = MatrixView.Allocate<double>(c.Queries, c.Q.Columns);
        Keys = MatrixView.Allocate<double>(c.Keys, c.K.Columns);
        Values = MatrixView.Allocate<double>(c.Keys, c.V.Columns);
        Sinks = new double[c.Heads];
        for (int head = 0; head < c.Heads; head++)
        {
            int keyHead = head / c.Group;
            double scale = c.Options.Scale ?? 1 / Math.Sqrt(c.Depth);
            double temperature = c.Options.Temperatures.IsEmpty ? 1 : c.Options.Temperatures.Span[head];
            for (int i = 0; i < c.Queries; i++)
            {
                double[] p = forward.Probabilities[(head * c.Queries) + i];
                ReadOnlySpan<double> dO = outputGradient.Row(i).Slice(head * c.ValueDepth, c.ValueDepth);
                double inner = Dot(dO, forward.Output.Row(i).Slice(head * c.ValueDepth, c.ValueDepth));
                Sinks[head] -= p[^1] * inner / temperature;
                for (int j = 0; j < c.Keys; j++)
                {
                    ReadOnlySpan<double> q = c.Q.Row(i).Slice(head * c.Depth, c.Depth);
                    ReadOnlySpan<double> k = c.K.Row(j).Slice(keyHead * c.Depth, c.Depth);
                    double tanh = c.Options.SoftCap is { } cap ? Math.Tanh(scale * Dot(q, k) / cap) : 0;
                    double dS = p[j] * (Dot(dO, c.V.Row(j).Slice(keyHead * c.ValueDepth, c.ValueDepth)) - inner) * (1 - (tanh * tanh)) * scale / temperature;
                    Add(Queries.Row(i).Slice(head * c.Depth, c.Depth), dS, k);
                    Add(Keys.Row(j).Slice(keyHead * c.Depth, c.Depth), dS, q);
                    Add(Values.Row(j).Slice(keyHead * c.ValueDepth, c.ValueDepth), p[j], dO);
                }
            }
        }
    }

    public MatrixView<double> Queries { get; }

    public MatrixView<double> Keys { get; }

    public MatrixView<double> Values { get; }

    public double[] Sinks { get; }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    private static void Add(Span<double> to, double factor, ReadOnlySpan<double> what)
    {
        for (int i = 0; i < to.Length; i++)
            to[i] += factor * what[i];
    }
}
