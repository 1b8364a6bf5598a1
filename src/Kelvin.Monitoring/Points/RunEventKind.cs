namespace Kelvin.Monitoring;

/// <summary>Says what was done to a run on purpose.</summary>
public enum RunEventKind
{
    /// <summary>The run goes on from an earlier step; incidents that began after it are closed.</summary>
    Resume,

    /// <summary>The learning rate was changed outside its smooth schedule.</summary>
    LearningRateChange,

    /// <summary>The batch size was changed.</summary>
    BatchSizeChange,

    /// <summary>The data changed: a curriculum stage or another mixture.</summary>
    DataStageChange,
}
