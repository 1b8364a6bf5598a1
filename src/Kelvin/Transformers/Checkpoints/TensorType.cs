namespace Kelvin.Transformers.Checkpoints;

/// <summary>The element types that a safetensors file can name.</summary>
/// <remarks>Source: the format's description in the repository huggingface/safetensors, <c>Dtype</c>.</remarks>
public enum TensorType
{
    /// <summary>IEEE single precision, 4 bytes.</summary>
    F32,

    /// <summary>IEEE half precision, 2 bytes.</summary>
    F16,

    /// <summary>The upper half of a single: 8 bits of exponent, 7 of fraction.</summary>
    BF16,

    /// <summary>IEEE double precision, 8 bytes.</summary>
    F64,

    /// <summary>Truth values, a byte each.</summary>
    Bool,

    /// <summary>Unsigned bytes.</summary>
    U8,

    /// <summary>Signed bytes.</summary>
    I8,

    /// <summary>Unsigned, 2 bytes.</summary>
    U16,

    /// <summary>Signed, 2 bytes.</summary>
    I16,

    /// <summary>Unsigned, 4 bytes.</summary>
    U32,

    /// <summary>Signed, 4 bytes.</summary>
    I32,

    /// <summary>Unsigned, 8 bytes.</summary>
    U64,

    /// <summary>Signed, 8 bytes.</summary>
    I64,

    /// <summary>Two singles, 8 bytes.</summary>
    C64,

    /// <summary>8 bits: 4 of exponent, 3 of fraction.</summary>
    F8E4M3,

    /// <summary>8 bits: 5 of exponent, 2 of fraction.</summary>
    F8E5M2,

    /// <summary>8 bits of exponent: the scales of block formats.</summary>
    F8E8M0,

    /// <summary>6 bits: 2 of exponent, 3 of fraction.</summary>
    F6E2M3,

    /// <summary>6 bits: 3 of exponent, 2 of fraction.</summary>
    F6E3M2,

    /// <summary>4 bits: 2 of exponent, 1 of fraction.</summary>
    F4,
}
