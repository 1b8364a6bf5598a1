namespace Kelvin.Monitoring;

/// <summary>The detectors a monitor has unless it is given others.</summary>
public static class DefaultDetectors
{
    /// <summary>All of them, in the order in which they see a point.</summary>
    public static IReadOnlyList<DetectorKind> All { get; } =
    [
        NonFiniteDetector.Kind,
        LearningRateDetector.Kind,
        ExplodingGradientDetector.Kind,
        DivergenceDetector.Kind,
        DeadOneHotDetector.Kind,
        EntropyCollapseDetector.Kind,
        DeadUnitsDetector.Kind,
        VanishingGradientDetector.Kind,
    ];
}
