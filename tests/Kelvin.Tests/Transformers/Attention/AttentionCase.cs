using System.Numerics;
using Kelvin.Linear;
using Kelvin.Transformers.Attention;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Transformers.Attention;

/// <summary>Numbers and options of one call, drawn from a seed; the numbers are floats, so that both precisions see the same.</summary>
internal sealed record AttentionCase
{
    public required AttentionOptions Options { get; init; }

    public required MatrixView<double> Q { get; init; }

    public required MatrixView<double> K { get; init; }

    public required MatrixView<double> V { get; init; }

    /// <summary>The memory under Q, K and V, rows and gaps.</summary>
    public double[][] Memory { get; init; } = [];

    public MatrixView<double> Bias { get; init; }

    public int[] KeyCounts { get; init; } = [];

    public double[] Sinks { get; init; } = [];

    public int Queries => Q.Rows;

    public int Keys => K.Rows;

    public int Heads => Options.Heads;

    public int Group => Heads / (Options.KeyValueHeads ?? Heads);

    public int Depth => Q.Columns / Heads;

    public int ValueDepth => V.Columns / (Heads / Group);

    /// <summary>Shapes as given; which options are on, and everything else, follows from the seed.</summary>
    public static AttentionCase Draw(int seed, int queries, int keys, int depth, int valueDepth, int keyHeads, int group, double size)
    {
        var random = new Xoshiro256StarStar(seed, false);
        int heads = keyHeads * group;
        MatrixView<double> bias = default;
        if (Coin(3))
        {
            (bias, _) = Matrix(Coin(2) ? queries : heads * queries, keys, 2);
            foreach (ref double b in bias.Span)
                b = Coin(4) ? double.NegativeInfinity : b;
        }

        (MatrixView<double> q, double[] queryMemory) = Matrix(queries, heads * depth, size);
        (MatrixView<double> k, double[] keyMemory) = Matrix(keys, keyHeads * depth, size);
        (MatrixView<double> v, double[] valueMemory) = Matrix(keys, keyHeads * valueDepth, 1);
        return new AttentionCase
        {
            Options = new AttentionOptions
            {
                Heads = heads,
                KeyValueHeads = keyHeads,
                Scale = Coin(2) ? null : random.NextDouble() - 0.3,
                IsCausal = Coin(2),
                Window = Coin(3) ? 1 + random.Next(keys + 1) : null,
                QueryOffset = Coin(3) ? random.Next(keys + 1) - 3 : null,
                SoftCap = Coin(3) ? 0.5 + (3 * random.NextDouble()) : null,
                Temperatures = Coin(3) ? Numbers(heads, () => 0.3 + (2 * random.NextDouble())) : default,
                Slopes = Coin(3) ? Numbers(heads, () => random.NextDouble() - 0.5) : default,
            },
            Q = q,
            K = k,
            V = v,
            Memory = [queryMemory, keyMemory, valueMemory],
            Bias = bias,
            KeyCounts = Coin(4) ? [.. Enumerable.Range(0, queries).Select(_ => random.Next(keys + 1))] : [],
            Sinks = Coin(3) ? Numbers(heads, () => (4 * random.NextDouble()) - 2) : [],
        };

        bool Coin(int sides) => random.Next(sides) == 0;

        static double[] Numbers(int count, Func<double> next) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)next())];

        (MatrixView<double> Matrix, double[] Memory) Matrix(int rows, int columns, double range)
        {
            // room between the rows, as where Q, K and V are columns of one product
            double[] memory = new double[rows * (columns + 3)];
            var matrix = new MatrixView<double>(memory, rows, columns, columns + 3);
            for (int i = 0; i < rows; i++)
            {
                foreach (ref double x in matrix.Row(i))
                    x = (float)(range * ((2 * random.NextDouble()) - 1));
            }

            return (matrix, memory);
        }
    }

    public AttentionInputs<T> Inputs<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
        {
            Queries = As<T>(Q),
            Keys = As<T>(K),
            Values = As<T>(V),
            Bias = As<T>(Bias),
            KeyCounts = KeyCounts,
            Sinks = Array.ConvertAll(Sinks, T.CreateTruncating),
        };

    public static MatrixView<T> As<T>(MatrixView<double> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var copy = new MatrixView<T>(new T[matrix.Rows * (matrix.Columns + 1)], matrix.Rows, matrix.Columns, matrix.Columns + 1);
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
                copy[i, j] = T.CreateTruncating(matrix[i, j]);
        }

        return copy;
    }
}
