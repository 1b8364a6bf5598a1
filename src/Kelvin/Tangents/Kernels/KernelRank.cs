using System.Numerics;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>The largest rank that a kernel can have, known before it is computed, and why it is less than full.</summary>
/// <param name="Bound">The kernel's rank is at most this.</param>
/// <param name="Reason">Why λ_min is exactly 0, in a sentence; null where nothing says that it is.</param>
/// <remarks>
/// A point that appears twice makes two equal rows. Where only W is trained and there is no bias, x = 0 makes a row of zeros. The rank is at most the
/// number of parameters, of which softmax ignores one common shift of all units for each input.
/// </remarks>
public sealed record KernelRank(int Bound, string? Reason)
{
    /// <summary>Whether λ_min = 0 is known without computing an eigenvalue.</summary>
    public bool IsSingular => Reason is not null;

    internal static KernelRank Of<T>(NetworkOptions options, ReadOnlyMatrixView<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool zeroCounts = options.UseBias || options.TrainOutputWeights;
        var seen = new Dictionary<int, List<int>>();
        int distinct = 0;
        string? reason = null;
        for (int i = 0; i < inputs.Rows; i++)
        {
            ReadOnlySpan<T> row = inputs.Row(i);
            if (!zeroCounts && row.IndexOfAnyExcept(T.Zero) < 0)
            {
                reason ??= FormattableString.Invariant($"λ_min is 0: example {i} is the point 0, where no hidden weight changes the output.");
                continue;
            }

            List<int> alike = Alike(seen, row);
            if (Find(inputs, alike, row) is { } twin)
            {
                reason ??= FormattableString.Invariant($"λ_min is 0: examples {twin} and {i} are the same point, so their outputs cannot be moved apart.");
                continue;
            }

            alike.Add(i);
            distinct++;
        }

        long points = (long)distinct * options.Outputs;
        long directions = Directions(options);
        if (directions < points)
        {
            reason ??= FormattableString.Invariant(
                $"λ_min is 0: {points} outputs to move, but only {directions} directions of the parameters that move any.");
        }

        return new KernelRank((int)Math.Min(points, directions), reason);
    }

    private static long Directions(NetworkOptions options)
    {
        long units = options.Activation == HiddenActivation.Softmax ? options.Hidden - 1 : options.Hidden;
        long directions = units * (options.Inputs + (options.UseBias ? 1L : 0L));
        if (options.TrainOutputWeights)
            directions += (long)options.Outputs * options.Hidden;
        return directions + (options.UseBias ? options.Outputs : 0);
    }

    private static List<int> Alike<T>(Dictionary<int, List<int>> seen, ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var hash = default(HashCode);
        foreach (T value in row)
            hash.Add(value + T.Zero);   // −0 becomes 0
        int key = hash.ToHashCode();
        if (!seen.TryGetValue(key, out List<int>? alike))
            seen.Add(key, alike = []);
        return alike;
    }

    private static int? Find<T>(ReadOnlyMatrixView<T> inputs, List<int> alike, ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int i in alike)
        {
            if (inputs.Row(i).SequenceEqual(row))
                return i;
        }

        return null;
    }
}
