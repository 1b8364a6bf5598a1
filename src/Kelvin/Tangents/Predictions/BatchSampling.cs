namespace Kelvin.Tangents;

/// <summary>How the examples of a mini-batch are drawn, each batch apart from the others.</summary>
public enum BatchSampling
{
    /// <summary>Each example anew from all of them.</summary>
    WithReplacement,

    /// <summary>b different examples.</summary>
    WithoutReplacement,
}
