namespace Kelvin.Networks;

/// <summary>What makes one measurement of the validation set better than another.</summary>
public enum SelectionMetric
{
    /// <summary>A smaller loss.</summary>
    Loss,

    /// <summary>A greater accuracy, and among equals a smaller loss.</summary>
    Accuracy,
}
