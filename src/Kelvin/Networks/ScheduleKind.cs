namespace Kelvin.Networks;

/// <summary>The course of the learning rate after the warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>Stays at η.</summary>
    Constant,

    /// <summary>Falls from η to a final share of it along half a cosine.</summary>
    Cosine,
}
