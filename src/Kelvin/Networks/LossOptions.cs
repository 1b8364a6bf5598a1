namespace Kelvin.Networks;

/// <summary>The loss of a batch.</summary>
public sealed record LossOptions
{
    /// <summary>The theory's loss, ½ Σ_i Σ_l (F_il − Y_il)².</summary>
    public static LossOptions Theory { get; } = new() { Kind = LossKind.Squared, Reduction = LossReduction.Sum };

    internal static LossOptions SumOfCrossEntropy { get; } = new() { Reduction = LossReduction.Sum };

    /// <summary>Squared or cross-entropy; cross-entropy unless said otherwise, as most data sets here have labels.</summary>
    public LossKind Kind { get; init; } = LossKind.CrossEntropy;

    /// <summary>Mean or sum over the examples of a batch.</summary>
    public LossReduction Reduction { get; init; }

    /// <summary>Share ε of the label's mass spread evenly over all k classes, from 0 to below 1; cross-entropy only.</summary>
    public double LabelSmoothing { get; init; }

    internal void Check()
    {
        Require.That(Enum.IsDefined(Kind), $"Kind is {Kind}, but must be Squared or CrossEntropy.", nameof(Kind));
        Require.That(Enum.IsDefined(Reduction), $"Reduction is {Reduction}, but must be Mean or Sum.", nameof(Reduction));
        Require.Between(LabelSmoothing, 0, Math.BitDecrement(1.0), nameof(LabelSmoothing));
        Require.That(
            LabelSmoothing == 0 || Kind == LossKind.CrossEntropy,
            "LabelSmoothing needs the cross-entropy loss; set it to 0 for the squared loss.",
            nameof(LabelSmoothing));
    }
}
