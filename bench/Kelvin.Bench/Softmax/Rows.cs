using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Bench.Softmax;

/// <summary>The data of the softmax contestants: rows of normal logits, and memory for what comes out.</summary>
internal sealed class Rows
{
    /// <summary>Elements a run handles at least, so that a run takes some microseconds.</summary>
    private const int Enough = 32_768;

    public Rows(int length, int count = 0)
    {
        Length = length;
        Count = count > 0 ? count : Math.Max(1, Enough / length);
        var random = new Xoshiro256StarStar(7, false);
        Logits = new float[Length * Count];
        for (int i = 0; i < Logits.Length; i++)
            Logits[i] = i < 1 << 20 ? (float)(2 * Normal.Sample(random, 0, 1)) : Logits[i - (1 << 20)];
        Output = new float[Logits.Length];
        Gradient = [.. Logits.Reverse()];
        Result = new float[Logits.Length];
    }

    public int Length { get; }

    public int Count { get; }

    public float[] Logits { get; }

    public float[] Output { get; }

    public float[] Gradient { get; }

    public float[] Result { get; }

    public double Units => Logits.Length;

    public ReadOnlySpan<float> Input(int row) => Logits.AsSpan(row * Length, Length);

    public Span<float> To(int row) => Output.AsSpan(row * Length, Length);
}
