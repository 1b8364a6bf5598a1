namespace Kelvin.Networks;

/// <summary>How the output is scaled with the width m, and how the weights start.</summary>
/// <remarks>
/// <para>F = s·A·φ(Z) + c with φ the hidden activation. σ is <see cref="NetworkOptions.InitialScale"/>.</para>
/// <para>A starts at ±1 (Theory, Ntk), or as given here; fixed output weights are ± the same size.</para>
/// </remarks>
public enum Parametrisation
{
    /// <summary>s = m for softmax, else 1; w ~ N(0, σ²). The model of arXiv 2405.03251.</summary>
    Theory,

    /// <summary>The same divided by √m: s = √m for softmax, else 1/√m.</summary>
    Ntk,

    /// <summary>
    /// s = 1; w ~ N(0, σ²·g/d) with g = 2 for ReLU and GELU, else 1; A ~ N(0, 1/m), but N(0, 1) for softmax, whose units
    /// are already averages.
    /// </summary>
    Standard,
}
