using Kelvin.Tests.Networks;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;

namespace Kelvin.Tests.Transformers.Models;

/// <summary>A transformer written out, one number at a time, in double: slow, and plainly the formulas.</summary>
internal sealed class SlowTransformer(TransformerModel<double> model, Remedies remedies)
{
    private readonly TransformerConfig _config = model.Config;

    /// <summary>The scores of every softmax of attention, the sink's last: [layer][head][query] → the row of them.</summary>
    public Dictionary<(int Layer, int Head, int Query), double[]> Scores { get; } = [];

    /// <summary>Logits of every position of one sequence.</summary>
    public double[][] Logits(int[] tokens)
    {
        double[][] x = [.. tokens.Select((token, position) => Row(WeightRole.TokenEmbedding, 0, token))];
        for (int i = 0; WeightRoles.Has(_config, WeightRole.PositionEmbedding) && i < x.Length; i++)
            x[i] = Add(x[i], Row(WeightRole.PositionEmbedding, 0, i));
        for (int layer = 0; layer < _config.Layers; layer++)
        {
            double[][] attended = Attention(layer, [.. x.Select(row => Norm(row, WeightRole.AttentionNorm, WeightRole.AttentionNormBias, layer))]);
            for (int i = 0; i < x.Length; i++)
                x[i] = Add(x[i], Map(attended[i], WeightRole.AttentionOutput, WeightRole.AttentionOutputBias, layer));
            for (int i = 0; i < x.Length; i++)
                x[i] = Add(x[i], FeedForward(layer, Norm(x[i], WeightRole.FeedForwardNorm, WeightRole.FeedForwardNormBias, layer)));
        }

        WeightRole head = _config.HasTiedEmbeddings ? WeightRole.TokenEmbedding : WeightRole.Output;
        return [.. x.Select(row => Map(Norm(row, WeightRole.FinalNorm, WeightRole.FinalNormBias, 0), head, null, 0))];
    }

    private double[][] Attention(int layer, double[][] x)
    {
        int d = _config.HeadSize, group = _config.Heads / _config.KeyValueHeads;
        double[][] queries = [.. x.Select((row, i) => Turned(Map(row, WeightRole.Query, WeightRole.QueryBias, layer), i))];
        double[][] keys = [.. x.Select((row, i) => Turned(Map(row, WeightRole.Key, WeightRole.KeyBias, layer), i))];
        double[][] values = [.. x.Select(row => Map(row, WeightRole.Value, WeightRole.ValueBias, layer))];
        double[][] output = [.. x.Select(_ => new double[_config.Heads * d])];
        for (int head = 0; head < _config.Heads; head++)
        {
            int at = head / group * d;
            for (int i = 0; i < x.Length; i++)
            {
                int first = Math.Max(0, i + 1 - (_config.Window ?? int.MaxValue));
                double[] scores = [.. Enumerable.Range(first, i + 1 - first).Select(j => Score(head, i - j, Enumerable.Range(0, d).Sum(e => queries[i][(head * d) + e] * keys[j][at + e]) / Math.Sqrt(d)))];
                if (_config.HasSinks)
                    scores = [.. scores, model.Weight(WeightRole.Sinks, layer)[head, 0]];
                Scores[(layer, head, i)] = scores;
                double[] p = [.. scores.Select(z => Math.Exp((z - scores.Max()) / remedies.AttentionTemperature))];
                for (int e = 0; e < d; e++)
                    output[i][(head * d) + e] = Enumerable.Range(first, i + 1 - first).Sum(j => p[j - first] * values[j][at + e]) / p.Sum();
            }
        }

        return output;
    }

    /// <summary>A product ⟨q, k⟩/√d with its soft-cap, and ALiBi's slope 2^(−8h/H) for a power of two of heads.</summary>
    private double Score(int head, int distance, double z)
    {
        double capped = _config.SoftCap is { } cap ? cap * Math.Tanh(z / cap) : z;
        return capped - (_config.HasAlibi ? distance * Math.Pow(2, -8.0 * (head + 1) / _config.Heads) : 0);
    }

    /// <summary>Each head normalised, if asked for, and rotated to its position.</summary>
    private double[] Turned(double[] heads, int position)
    {
        int d = _config.HeadSize;
        double[] result = [.. heads];
        for (int start = 0; start < heads.Length; start += d)
        {
            double size = _config.HasQueryKeyNorm || remedies.NormalisesQueriesAndKeys ? Math.Sqrt(heads.Skip(start).Take(d).Average(v => v * v) + _config.NormEpsilon) : 1;
            for (int j = 0; j < d; j++)
                result[start + j] = heads[start + j] / size;
            for (int j = 0; _config.Rotary is { } rotary && j < d / 2; j++)
            {
                double angle = position * Math.Pow(rotary.Theta, -2.0 * j / d);
                (double a, double b) = (result[start + j], result[start + j + (d / 2)]);
                result[start + j] = (a * Math.Cos(angle)) - (b * Math.Sin(angle));
                result[start + j + (d / 2)] = (b * Math.Cos(angle)) + (a * Math.Sin(angle));
            }
        }

        return result;
    }

    private double[] FeedForward(int layer, double[] x)
    {
        double[] up = Map(x, WeightRole.Up, WeightRole.UpBias, layer);
        double[] units = _config.IsGated
            ? [.. Map(x, WeightRole.Gate, WeightRole.GateBias, layer).Zip(up, (gate, value) => Unit(gate) * value)]
            : [.. up.Select(Unit)];
        return Map(units, WeightRole.Down, WeightRole.DownBias, layer);
    }

    private double Unit(double x) => _config.Activation switch
    {
        ActivationKind.Silu => x / (1 + Math.Exp(-x)),
        ActivationKind.Gelu => NormalReference.Gelu(x),
        _ => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
    };

    private double[] Norm(double[] x, WeightRole gain, WeightRole shift, int layer)
    {
        double mean = _config.Norm == NormKind.Layer ? x.Average() : 0;
        double size = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + _config.NormEpsilon);
        return [.. x.Select((v, i) => (model.Weight(gain, layer)[i, 0] * (v - mean) / size) + (_config.Norm == NormKind.Layer ? model.Weight(shift, layer)[i, 0] : 0))];
    }

    private double[] Map(double[] x, WeightRole weight, WeightRole? bias, int layer)
    {
        bool hasBias = bias is { } role && WeightRoles.Has(_config, role);
        int rows = WeightRoles.Shape(_config, weight).Rows;
        return [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, x.Length).Sum(j => model.Weight(weight, layer)[i, j] * x[j]) + (hasBias ? model.Weight(bias!.Value, layer)[i, 0] : 0))];
    }

    private double[] Row(WeightRole role, int layer, int index) => model.Weight(role, layer).Row(index).ToArray();

    private static double[] Add(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a + b)];
}
