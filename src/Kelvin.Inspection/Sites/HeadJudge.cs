namespace Kelvin.Inspection.Sites;

/// <summary>Judges attention heads by <see cref="HeadBounds"/>.</summary>
internal static class HeadJudge
{
    /// <summary>What is unusual about a head; nothing where no row has a choice.</summary>
    public static IReadOnlyList<HeadState> Judge(HeadVitals head)
    {
        if (head.RowsWithChoice == 0)
            return [];

        var states = new List<HeadState>();
        if (head.NormalizedEntropy.Mean <= HeadBounds.CollapsedEntropy)
            states.Add(HeadState.Collapsed);
        if (head.SaturatedShare >= HeadBounds.SaturatedShare)
            states.Add(HeadState.Saturated);
        if (head.SinkMass >= HeadBounds.SinkMass && head.SinkMass >= HeadBounds.SinkExcess * head.SinkMassIfEven)
            states.Add(HeadState.SinkDominated);
        if (head.NormalizedEntropy.Mean >= HeadBounds.UniformEntropy)
            states.Add(HeadState.Uniform);
        return states;
    }

    /// <summary>How much a head stands out: those with a state before all others, each kind by how far it goes; NaN where no row has a choice.</summary>
    public static double Oddity(HeadVitals head) => head.States.Count == 0
        ? Math.Max(head.SaturatedShare, head.SinkMass)
        : head.States.Max(state => state switch
        {
            HeadState.Collapsed => 4 - head.NormalizedEntropy.Mean,
            HeadState.Saturated => 2 + head.SaturatedShare,
            HeadState.SinkDominated => 1 + head.SinkMass,
            _ => 1 + head.NormalizedEntropy.Mean,
        });
}
