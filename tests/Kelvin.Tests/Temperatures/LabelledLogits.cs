using CsCheck;
using Kelvin.Linear;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Temperatures;

/// <summary>Logits with labels drawn from softmax(z/T): the temperature that a fit should find.</summary>
internal sealed record LabelledLogits(MatrixView<double> Logits, int[] Labels)
{
    public static Gen<LabelledLogits> Gen { get; } =
        CsCheck.Gen.Select(CsCheck.Gen.Int[30, 80], CsCheck.Gen.Int[2, 6], CsCheck.Gen.Int).Select((n, k, seed) => Draw(n, k, seed, 1.5));

    public static LabelledLogits Draw(int rows, int classes, int seed, double temperature)
    {
        var random = new Xoshiro256StarStar(seed, false);
        MatrixView<double> logits = MatrixView.Allocate<double>(rows, classes);
        foreach (ref double z in logits.Span)
            z = Normal.Sample(random, 0, 2);
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++)
            labels[i] = Categorical.Sample(random, [.. logits.Row(i).ToArray().Select(z => Math.Exp(z / temperature))]);
        return new LabelledLogits(logits, labels);
    }

    public LabelledLogits Times(double factor)
    {
        MatrixView<double> scaled = MatrixView.Allocate<double>(Logits.Rows, Logits.Columns);
        for (int i = 0; i < scaled.Span.Length; i++)
            scaled.Span[i] = Logits.Span[i] * factor;
        return this with { Logits = scaled };
    }
}
