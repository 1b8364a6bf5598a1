namespace Kelvin.Diffusion;

/// <summary>How a sampler gets from one time to the one before.</summary>
public enum SamplerKind
{
    /// <summary>The probability-flow equation by Heun's method: two scores a step, error of order h².</summary>
    Heun,

    /// <summary>The probability-flow equation by Euler's method.</summary>
    Euler,

    /// <summary>DDIM with the noise share η of the options; 0 is deterministic.</summary>
    Ddim,

    /// <summary>The ancestral sampler of DDPM.</summary>
    Ancestral,

    /// <summary>The reverse stochastic equation by Euler–Maruyama.</summary>
    EulerMaruyama,

    /// <summary>An ancestral step, then Langevin steps at the time reached.</summary>
    PredictorCorrector,
}
