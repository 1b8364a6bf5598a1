namespace Kelvin.Transformers.Weights;

/// <summary>How the numbers of a weight matrix are kept in memory; products are computed in float whatever it is.</summary>
public enum WeightFormat
{
    /// <summary>IEEE single, 4 bytes.</summary>
    F32,

    /// <summary>The upper half of a single, 2 bytes: 8 bits of precision, the range of a single. Rounded to nearest, ties to even.</summary>
    BF16,

    /// <summary>IEEE half, 2 bytes: 11 bits of precision, up to 65 504. Rounded to nearest, ties to even; beyond that, ±∞.</summary>
    F16,

    /// <summary>1 byte and one float scale a row (output channel): ŵ = s·q, s = max|w|/127, q rounded to nearest, |w − ŵ| ≤ s/2.</summary>
    I8,
}
