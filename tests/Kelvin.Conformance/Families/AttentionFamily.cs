using System.Numerics;
using Kelvin.Linear;
using Kelvin.Transformers.Attention;

namespace Kelvin.Conformance.Families;

/// <summary>Attention of one head: output, vitals and gradients; the probabilities are the output for values that are the unit vectors.</summary>
internal sealed class AttentionFamily : IFamily
{
    public string Name => "attention";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixView<T> queries = inputs.Matrix<T>("Q");
        MatrixView<T> keys = inputs.Matrix<T>("K");
        MatrixView<T> outputGradient = inputs.Matrix<T>("dO");
        var attention = new AttentionInputs<T> { Queries = queries, Keys = keys, Values = inputs.Matrix<T>("V") };
        var options = new AttentionOptions { Heads = 1, Scale = inputs.Number("scale"), IsCausal = inputs.Flag("causal") };
        MatrixView<T> output = MatrixView.Allocate<T>(queries.Rows, attention.Values.Columns);
        double[] lse = new double[queries.Rows];
        var vitals = new AttentionStatistics[queries.Rows];
        FusedAttention.Forward(attention, options, output, lse, vitals);
        var gradients = new AttentionGradients<T>
        {
            Queries = MatrixView.Allocate<T>(queries.Rows, queries.Columns),
            Keys = MatrixView.Allocate<T>(keys.Rows, keys.Columns),
            Values = MatrixView.Allocate<T>(keys.Rows, attention.Values.Columns),
        };
        FusedAttention.Backward(attention, options, output, lse, outputGradient, gradients);

        var answers = new Answers();
        answers.Add<T>("P", Probabilities(queries, keys, options));
        answers.Add<T>("O", output);
        answers.Add<double>("lse", lse);
        answers.Add<double>("row_max", [.. vitals.Select(row => row.MaxLogit)]);
        answers.Add<double>("entropy", [.. vitals.Select(row => row.Entropy)]);
        answers.Add<double>("sum_p2", [.. vitals.Select(row => row.SumSquares)]);
        answers.Add<T>("D", Inner(outputGradient, output));
        answers.Add<T>("dQ", gradients.Queries);
        answers.Add<T>("dK", gradients.Keys);
        answers.Add<T>("dV", gradients.Values);
        return answers;
    }

    private static MatrixView<T> Probabilities<T>(MatrixView<T> queries, MatrixView<T> keys, AttentionOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixView<T> unit = MatrixView.Allocate<T>(keys.Rows, keys.Rows);
        for (int i = 0; i < keys.Rows; i++)
            unit[i, i] = T.One;
        MatrixView<T> probabilities = MatrixView.Allocate<T>(queries.Rows, keys.Rows);
        FusedAttention.Forward(new AttentionInputs<T> { Queries = queries, Keys = keys, Values = unit }, options, probabilities);
        return probabilities;
    }

    private static T[] Inner<T>(MatrixView<T> outputGradient, MatrixView<T> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var inner = new T[output.Rows];
        for (int i = 0; i < output.Rows; i++)
        {
            for (int j = 0; j < output.Columns; j++)
                inner[i] += outputGradient[i, j] * output[i, j];
        }

        return inner;
    }
}
