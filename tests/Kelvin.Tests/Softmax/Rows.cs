using CsCheck;

namespace Kelvin.Tests.Softmax;

/// <summary>Rows to draw: short and long, hot and cold, with ties and masks. Logits are floats, so both types share them.</summary>
internal static class Rows
{
    private static readonly Gen<float> Logit = Gen.Frequency(
        (20, Gen.Float[-20, 20]), (2, Gen.Int[-3, 3].Select(x => (float)x)), (1, Gen.Const(float.NegativeInfinity)));

    public static readonly Gen<float> Temperature = Gen.OneOf(Gen.Float[0.25f, 8], Gen.Const(1f), Gen.Const(64f), Gen.Const(0.0625f));

    /// <summary>At least one logit is finite.</summary>
    public static readonly Gen<float[]> Any = Gen.Select(Logit.Array[0, 150], Gen.Float[-20, 20], Gen.Int[0, 150])
        .Select((rest, finite, at) => Swap([.. rest, finite], at % (rest.Length + 1)));

    /// <summary>Several blocks long.</summary>
    public static readonly Gen<float[]> Long = Gen.Select(Gen.Int[2000, 9000], Gen.Int[0, int.MaxValue], Gen.Float[0.01f, 6])
        .Select((length, seed, width) => Normal(length, seed, width));

    public static float[] Normal(int length, int seed, double width)
    {
        var random = new MathNet.Numerics.Random.Xoshiro256StarStar(seed, false);
        return [.. Enumerable.Range(0, length).Select(_ => (float)(width * MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1)))];
    }

    public static double[] Widened(float[] row) => Array.ConvertAll(row, x => (double)x);

    private static float[] Swap(float[] row, int at)
    {
        (row[at], row[^1]) = (row[^1], row[at]);
        return row;
    }
}
