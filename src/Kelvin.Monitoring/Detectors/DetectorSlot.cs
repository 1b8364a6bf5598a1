namespace Kelvin.Monitoring;

/// <summary>One detector at work in a run, and what the monitor remembers about it.</summary>
internal sealed class DetectorSlot(DetectorKind kind, Series place)
{
    public DetectorKind Kind { get; } = kind;

    /// <summary>Which instance of the kind this is: the series of a per-series detector; layer and head of a per-layer one.</summary>
    public Series Place { get; } = place;

    public IDetector Detector { get; } = kind.Create();

    /// <summary>Which of the kind's required inputs have arrived, as bits in their order.</summary>
    public int Seen { get; set; }

    public bool IsFiring { get; set; }

    public FindingKind Last { get; set; }

    public string Rule { get; set; } = "";

    /// <summary>The score when its evidence was last told.</summary>
    public double ToldScore { get; set; }

    public int Failures { get; set; }

    public string? LastError { get; set; }

    public void MarkSeen(string input)
    {
        for (int i = 0; i < Kind.Inputs.Count; i++)
        {
            if (Kind.Inputs[i] == input)
                Seen |= 1 << i;
        }
    }
}
