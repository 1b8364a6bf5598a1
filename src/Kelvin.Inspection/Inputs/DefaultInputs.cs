using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Inspection.Inputs;

/// <summary>Makes inputs that nobody gave, from names, types and shapes; the same seed makes the same ones.</summary>
/// <remarks>
/// Real numbers are standard normal. Whole numbers: a mask is all ones, token types are zeros, positions count up along the last
/// dimension, what indexes a table is uniform over the table, and everything else is 0 or 1. Booleans are true.
/// </remarks>
internal static class DefaultInputs
{
    /// <summary>Makes one input.</summary>
    /// <param name="input">As the model declares it.</param>
    /// <param name="dimensions">Sizes of open dimensions by name.</param>
    /// <param name="seed">Of the generator.</param>
    /// <param name="place">Number of the input in the model: each has a stream of its own.</param>
    public static InputTensor Make(DeclaredInput input, IReadOnlyDictionary<string, int> dimensions, int seed, int place)
    {
        if (input.Dimensions is null)
            throw new InspectionException($"The input {input.Name} has a shape that the model does not tell.", $"Give it with --input {input.Name}=FILE.npy.");

        long[] shape = [.. input.Dimensions.Select(dimension => dimension.Size ?? Size(input, dimension, dimensions))];
        int count = InputTensor.Count(shape, $"The input {input.Name}");
        var random = new Xoshiro256StarStar(unchecked((seed * 31) + place), threadSafe: false);
        (Func<int, double> value, string how) = Rule(input, shape, random);
        double[] values = [.. Enumerable.Range(0, count).Select(value)];
        return new InputTensor(input.Name, input.Type, shape, Elements.Encode(input.Type, values), how);
    }

    private static long Size(DeclaredInput input, DeclaredDimension dimension, IReadOnlyDictionary<string, int> dimensions) =>
        dimensions.TryGetValue(dimension.Name, out int size)
            ? size
            : throw new InspectionException(
                $"The input {input.Name} of shape {input.ShapeText} has an open dimension, {dimension.Name}.",
                $"Give its size with --dim {dimension.Name}=4, or the whole input with --input {input.Name}=FILE.npy.");

    private static (Func<int, double> Value, string How) Rule(DeclaredInput input, long[] shape, Xoshiro256StarStar random)
    {
        string name = input.Name.ToUpperInvariant();
        if (Elements.IsReal(input.Type))
            return (_ => Normal.Sample(random, 0, 1), "generated: standard normal");
        if (input.Type == ElementType.Bool)
            return (_ => 1, "generated: true");
        if (name.Contains("MASK", StringComparison.Ordinal))
            return (_ => 1, "generated: ones");
        if (name.Contains("TOKEN_TYPE", StringComparison.Ordinal) || name.Contains("SEGMENT", StringComparison.Ordinal))
            return (_ => 0, "generated: zeros");
        if (name.Contains("POSITION", StringComparison.Ordinal) && shape.Length > 0)
            return (i => i % shape[^1], "generated: positions");

        int bound = (int)Math.Min(Math.Min(input.IndexBound ?? 2, int.MaxValue), Elements.Range(input.Type).High);
        return (_ => random.Next(bound), FormattableString.Invariant($"generated: uniform from 0 to {bound - 1}"));
    }
}
