namespace Kelvin.Monitoring;

/// <summary>Says how many detectors of a kind a run gets.</summary>
public enum DetectorScope
{
    /// <summary>One for the run; it sees whole-run series only.</summary>
    Run,

    /// <summary>One for each series.</summary>
    Series,

    /// <summary>One for each layer and head that its inputs name; whole-run inputs go to all of them.</summary>
    Layer,
}
