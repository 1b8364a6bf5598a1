namespace Kelvin.Transformers.Checkpoints;

/// <summary>How rotary frequencies are changed to reach past the context a model was trained on.</summary>
/// <remarks>Source of the formulas: the module <c>modeling_rope_utils</c> of the Python package transformers.</remarks>
public enum RotaryScalingKind
{
    /// <summary>Not at all: <c>default</c>, or no <c>rope_scaling</c>.</summary>
    None,

    /// <summary>Every frequency divided by the factor: <c>linear</c>.</summary>
    Linear,

    /// <summary>θ grows with the length of the sequence once that is past the context: <c>dynamic</c>.</summary>
    Dynamic,

    /// <summary>Low frequencies divided, high ones kept, between them a blend: <c>llama3</c>.</summary>
    Llama3,

    /// <summary>As llama3 with a ramp over dimensions, and logits scaled by an attention factor: <c>yarn</c>.</summary>
    Yarn,
}
