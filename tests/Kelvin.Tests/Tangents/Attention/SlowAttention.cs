using Kelvin.Tangents;

namespace Kelvin.Tests.Tangents.Attention;

/// <summary>The layer's formula, position by position, with every key and value formed.</summary>
internal static class SlowAttention
{
    public static double Output(SequenceAttention layer, ReadOnlySpan<int> tokens)
    {
        SequenceAttentionOptions options = layer.Options;
        int d = options.Width;
        double[] parameters = layer.Parameters.ToArray();
        int bias = 2 * d * d;
        int embedding = bias + d;
        int position = embedding + (options.Vocabulary * d);
        int values = position + (options.Length * d);
        int readout = values + (d * d);
        double[][] x = new double[tokens.Length][];
        for (int j = 0; j < tokens.Length; j++)
            {
            (int token, int place) = (embedding + (tokens[j] * d), position + (j * d));
            x[j] = [.. Enumerable.Range(0, d).Select(a => parameters[token + a] + parameters[place + a])];
        }

        double[] query = Map(parameters, 0, x[^1]);
        double[] logits = [.. x.Select(row => Map(parameters, d * d, row).Select((key, a) => (key + parameters[bias + a]) * query[a]).Sum() / Math.Sqrt(d))];
        double[] weights = Weights(options, logits);
        return options.OutputScale * x.Select((row, j) => weights[j] * Map(parameters, values, row).Select((value, a) => value * parameters[readout + a]).Sum()).Sum();
    }

    private static double[] Weights(SequenceAttentionOptions options, double[] logits)
    {
        double scale = options.Temperature * logits.Length;
        double sum = logits.Sum(logit => Math.Exp(logit / options.Temperature));
        return
        [
            .. logits.Select(logit => options.Normaliser switch
            {
                AttentionNormaliser.Softmax => Math.Exp(logit / options.Temperature) / sum,
                AttentionNormaliser.Relu => Math.Max(0, logit) / scale,
                _ => logit / scale,
            }),
        ];
    }

    /// <summary>Wᵀ x.</summary>
    private static double[] Map(double[] parameters, int start, double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(b => x.Select((one, a) => one * parameters[start + (a * x.Length) + b]).Sum())];
}
