using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>The factor κ between the Jacobian's Gram matrix and the tangent kernel, J Jᵀ = κ·H.</summary>
internal static class KernelFactor
{
    /// <summary>κ = m for the theory's outputs, so that H has a limit as m grows; 1 where the parametrisation sees to that itself.</summary>
    public static double Of(NetworkOptions options) => options.Parametrisation == Parametrisation.Theory ? options.Hidden : 1;
}
