namespace Kelvin.Softmax;

/// <summary>The checks that the operations on one row share.</summary>
internal static class Door
{
    public static void Forward<T>(ReadOnlySpan<T> logits, double temperature, Span<T> output)
    {
        Require.NotEmpty(logits);
        Require.Temperature(temperature);
        Require.Length<T>(output, logits.Length);
        SameOrApart(logits, output);
    }

    public static void Backward<T>(ReadOnlySpan<T> probabilities, ReadOnlySpan<T> gradient, double temperature, Span<T> dLogits)
    {
        Require.NotEmpty(probabilities);
        Require.Temperature(temperature);
        Require.Length(gradient, probabilities.Length);
        Require.Length<T>(dLogits, probabilities.Length);
        SameOrApart(probabilities, dLogits);
        SameOrApart(gradient, dLogits);
    }

    public static void CrossEntropy<T>(ReadOnlySpan<T> logits, int label, double temperature, Span<T> dLogits, double labelSmoothing)
    {
        Forward(logits, temperature, dLogits);
        Require.Between(label, 0, logits.Length - 1);
        Require.Between(labelSmoothing, 0, 1);
    }

    private static void SameOrApart<T>(ReadOnlySpan<T> input, Span<T> output)
    {
        if (input.Overlaps(output, out int offset) && offset != 0)
            throw new ArgumentException("The output overlaps an input without being the same memory; pass the same span or one that lies apart.", nameof(output));
    }
}
