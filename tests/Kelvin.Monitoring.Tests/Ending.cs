namespace Kelvin.Monitoring.Tests;

/// <summary>How a run ended.</summary>
internal enum Ending
{
    Good,
    NonFinite,
    TenTimesItsBest,
    DeadOneHot,
}
