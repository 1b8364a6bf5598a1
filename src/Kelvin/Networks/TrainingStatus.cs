namespace Kelvin.Networks;

/// <summary>Why training stopped.</summary>
public enum TrainingStatus
{
    /// <summary>All steps were taken.</summary>
    Completed,

    /// <summary>The validation set had not improved for as long as the patience.</summary>
    EarlyStopped,

    /// <summary>The loss or a gradient became NaN or infinite; that step was not taken.</summary>
    Diverged,

    /// <summary>The caller asked for so many steps at most; run again to go on.</summary>
    Paused,

    /// <summary>The caller cancelled, between two steps; run again to go on.</summary>
    Cancelled,
}
