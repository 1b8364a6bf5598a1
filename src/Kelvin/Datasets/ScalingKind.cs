namespace Kelvin.Datasets;

/// <summary>Says how features are brought to one scale.</summary>
public enum ScalingKind
{
    /// <summary>Left as they are.</summary>
    None,

    /// <summary>(x − mean)/standard deviation of each feature over the training rows (denominator n); a constant feature becomes 0.</summary>
    Standard,

    /// <summary>(x − low)/(high − low) of each feature over the training rows, so that these lie in [0, 1]; a constant feature becomes 0.</summary>
    UnitRange,

    /// <summary>x/‖x‖ of each row, so that all rows lie on the unit sphere; nothing is learnt, and a row of zeros stays.</summary>
    UnitSphere,
}
