namespace Kelvin.Transformers.Rotary;

/// <summary>How a model stretches its angles beyond the length it was first trained on; the names are those of Hugging Face's <c>rope_type</c>.</summary>
public enum RotaryScaling
{
    /// <summary>Not at all ("default").</summary>
    None,

    /// <summary>Every frequency divided by the factor ("linear").</summary>
    Linear,

    /// <summary>A base that grows with the length ("dynamic", NTK).</summary>
    Dynamic,

    /// <summary>Low frequencies divided, high ones kept, a straight line between ("llama3").</summary>
    Llama3,

    /// <summary>A ramp between divided and kept frequencies, and longer vectors ("yarn").</summary>
    Yarn,
}
