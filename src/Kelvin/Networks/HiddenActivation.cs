namespace Kelvin.Networks;

/// <summary>What a hidden unit does with its pre-activation z; Z is the row of all m of them, already divided by T.</summary>
public enum HiddenActivation
{
    /// <summary>S = softmax(Z): the units share one unit of mass, and a common shift of all w_r changes nothing.</summary>
    Softmax,

    /// <summary>exp(z): the softmax without its normaliser; overflows where z does.</summary>
    Exp,

    /// <summary>max(0, z), slope 0 at z = 0.</summary>
    Relu,

    /// <summary>z·Φ(z) with the exact normal distribution function Φ, not its tanh approximation.</summary>
    Gelu,
}
