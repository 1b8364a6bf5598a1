namespace Kelvin.Monitoring.Tests;

/// <summary>A broken detector.</summary>
internal sealed class ThrowingDetector : IDetector
{
    public static DetectorKind Kind { get; } = new(
        "broken", "broken", DetectorScope.Run, [Vitals.TrainLoss], [], WarmUp: 0, IsHard: false, "none", () => new ThrowingDetector());

    public Finding Observe(in Point point) => throw new InvalidOperationException("the detector broke");

    public string Describe(in Finding finding) => "";

    public void Exchange(StateExchange state)
    {
    }
}
