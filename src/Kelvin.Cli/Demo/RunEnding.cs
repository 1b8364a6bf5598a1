namespace Kelvin.Cli.Demo;

/// <summary>How a run ended, judged from its losses and vitals alone: the monitor has no say in it.</summary>
internal enum RunEnding
{
    /// <summary>Its last loss is below 0.8 of the first, and not above 10 times its best: it learnt, and kept it.</summary>
    Good,

    /// <summary>Its last loss is not above 10 times the best, but not below 0.8 of the first either: it learnt little or nothing.</summary>
    Unfitted,

    /// <summary>The loss or a gradient became NaN or infinite.</summary>
    NonFinite,

    /// <summary>The last loss is above 10 times the best.</summary>
    FarAboveBest,

    /// <summary>The mean largest probability is above 0.99 and the gradient norm below 10⁻⁶ of its start.</summary>
    DeadOneHot,
}
