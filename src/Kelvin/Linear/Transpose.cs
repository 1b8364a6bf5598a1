namespace Kelvin.Linear;

/// <summary>Says whether a product takes a matrix as it lies or transposed.</summary>
public enum Transpose
{
    /// <summary>A as it lies.</summary>
    No,

    /// <summary>Aᵀ; the elements are read in place, nothing is copied by the caller.</summary>
    Yes,
}
