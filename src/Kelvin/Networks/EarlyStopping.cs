using System.Numerics;

namespace Kelvin.Networks;

/// <summary>Remembers the best measurement of the validation set, the weights that made it, and for how long nothing was better.</summary>
internal sealed class EarlyStopping<T>(SelectionMetric metric, int? patience, int parameterCount)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _best = new T[parameterCount];

    public ValidationResult? Best { get; private set; }

    public int Misses { get; private set; }

    public bool IsExhausted => Misses >= patience;

    public Memory<T> BestParameters => _best;

    /// <summary>Takes in a measurement and says whether it is the best so far. NaN never is.</summary>
    public bool Observe(in ValidationResult result, ReadOnlySpan<T> parameters)
    {
        if (!IsBetter(result))
        {
            Misses++;
            return false;
        }

        Misses = 0;
        Best = result with { IsBest = true };
        parameters.CopyTo(_best);
        return true;
    }

    public void Restore(ValidationResult? best, int misses)
    {
        Best = best;
        Misses = misses;
    }

    private bool IsBetter(in ValidationResult result)
    {
        if (double.IsNaN(result.Loss))
            return false;
        if (Best is not { } best)
            return true;
        if (metric == SelectionMetric.Accuracy && result.Accuracy != best.Accuracy)
            return result.Accuracy > best.Accuracy;
        return result.Loss < best.Loss;
    }
}
