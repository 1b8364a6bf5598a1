namespace Kelvin.Inspection.Sites;

/// <summary>The vitals of one head, or of a softmax as a whole, over all its rows.</summary>
public sealed record HeadVitals
{
    /// <summary>Number of the head from 0; −1 for a softmax as a whole.</summary>
    public required int Head { get; init; }

    /// <summary>Number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows with two or more unmasked entries; only they judge a head.</summary>
    public required int RowsWithChoice { get; init; }

    /// <summary>Rows that are masked entirely.</summary>
    public required int MaskedRows { get; init; }

    /// <summary>Rows with NaN or +∞ in them.</summary>
    public required int NonFiniteRows { get; init; }

    /// <summary>Largest logit and its distance to trouble.</summary>
    public required LogitRoom Room { get; init; }

    /// <summary>Largest logit of a row.</summary>
    public required Distribution MaxLogit { get; init; }

    /// <summary>log Σ exp z.</summary>
    public required Distribution LogSumExp { get; init; }

    /// <summary>Entropy H, in nats.</summary>
    public required Distribution Entropy { get; init; }

    /// <summary>H / log k over the rows with a choice, from 0 to 1.</summary>
    public required Distribution NormalizedEntropy { get; init; }

    /// <summary>Largest probability.</summary>
    public required Distribution MaxProbability { get; init; }

    /// <summary>Largest minus second largest logit, over the rows with a choice.</summary>
    public required Distribution MarginLogit { get; init; }

    /// <summary>Largest minus second largest probability, over the rows with a choice.</summary>
    public required Distribution MarginProbability { get; init; }

    /// <summary>1/Σp²: how many entries share the probability.</summary>
    public required Distribution Participation { get; init; }

    /// <summary>Σp², from 1/k to 1.</summary>
    public required Distribution SumSquares { get; init; }

    /// <summary>(Σp² − 1/k)/(1 − 1/k) over the rows with a choice: 0 uniform, 1 one-hot.</summary>
    public required Distribution Saturation { get; init; }

    /// <summary>Σ p (z − ⟨z⟩)², the variance of the logits under their own softmax, over the rows with a choice; of log-probabilities where logits are not known.</summary>
    public required Distribution Variance { get; init; }

    /// <summary>Probability of entry 0 over the rows with a choice: for attention, the mass on the first key.</summary>
    public required Distribution FirstKeyMass { get; init; }

    /// <summary>T at which softmax of the rows' standardised logits has the rows' mean entropy, from a sample of rows; NaN where no row has a spread.</summary>
    public required double EffectiveTemperature { get; init; }

    /// <summary>Share of the rows with a choice whose largest probability exceeds 0.99; NaN without such rows.</summary>
    public required double SaturatedShare { get; init; }

    /// <summary>The entry with the most probability over the rows with a choice; −1 without such rows.</summary>
    public required int SinkIndex { get; init; }

    /// <summary>Mean probability of that entry.</summary>
    public required double SinkMass { get; init; }

    /// <summary>Mean probability that entry would have if each row spread evenly over its unmasked entries.</summary>
    public required double SinkMassIfEven { get; init; }

    /// <summary>Where most rows have their largest probability; −1 without such rows.</summary>
    public required int ArgMaxMode { get; init; }

    /// <summary>Share of the rows that have it there.</summary>
    public required double ArgMaxShare { get; init; }

    /// <summary>Number of different entries that are some row's largest.</summary>
    public required int ArgMaxCount { get; init; }

    /// <summary>What is unusual; empty for a healthy head and for what is no attention.</summary>
    public IReadOnlyList<HeadState> States { get; init; } = [];
}
