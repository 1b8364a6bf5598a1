namespace Kelvin.Inspection.Sites;

/// <summary>How far the largest logit is from where arithmetic or training breaks.</summary>
/// <param name="MaxLogit">Largest logit over all rows; NaN where logits are not known.</param>
/// <param name="Magnitude">Largest |row maximum|: beyond 65504 the row cannot be held in float16. Smaller entries may underflow, harmlessly.</param>
public readonly record struct LogitRoom(double MaxLogit, double Magnitude)
{
    /// <summary>65504 − <see cref="Magnitude"/>; negative beyond float16.</summary>
    public double ToFloat16 => HeadBounds.Float16Largest - Magnitude;

    /// <summary>100 − <see cref="MaxLogit"/>; negative where QK-clip would act.</summary>
    public double ToQkClip => HeadBounds.QkClip - MaxLogit;
}
