using MathNet.Numerics;

namespace Kelvin.Diffusion;

/// <summary>What truncating a squared error at (C + r)² can leave out, for predictions no longer than C and Gaussian noise.</summary>
/// <remarks>
/// <para>With U = ‖ε‖ (a χ law of d degrees) or U = ‖E[ε | x]‖, the error ‖ε̂ − ε‖² is at most (C + U)², and g(u) = ((C + u)² − (C + r)²)₊ is convex
/// and not falling. So by Jensen's inequality E g(‖E[ε | x]‖) ≤ E g(‖ε‖), which is known: no assumption on the data enters.</para>
/// </remarks>
internal static class NoiseTail
{
    /// <summary>E((C + U)² − (C + r)²)₊ = 2C(E₁ − rP) + E₂ − r²P, with P = P(U > r) and E_k = E[U^k; U > r].</summary>
    public static double Excess(int dimensions, double radius, double cut)
    {
        double p = Moment(dimensions, 0, cut);
        return (2 * radius * (Moment(dimensions, 1, cut) - (cut * p))) + Moment(dimensions, 2, cut) - (cut * cut * p);
    }

    /// <summary>The r, from 0 to √d + 8, at which what is left out and what the range costs a bound from n values are least together.</summary>
    public static double BestCut(int dimensions, double radius, int values, double level)
    {
        double best = Math.Sqrt(dimensions) + 8;
        double least = double.PositiveInfinity;
        for (double cut = best; cut > 0; cut -= 0.1)
        {
            double range = (radius + cut) * (radius + cut);
            double cost = Excess(dimensions, radius, cut) + (range * Math.Log(1 / (1 - level)) / values);
            if (cost < least)
                (best, least) = (cut, cost);
        }

        return best;
    }

    /// <summary>E[U^k; U > r] = 2^{k/2} Γ((d + k)/2)/Γ(d/2) · Q((d + k)/2, r²/2).</summary>
    private static double Moment(int d, int k, double r) =>
        Math.Exp((0.5 * k * Math.Log(2)) + SpecialFunctions.GammaLn(0.5 * (d + k)) - SpecialFunctions.GammaLn(0.5 * d))
        * SpecialFunctions.GammaUpperRegularized(0.5 * (d + k), 0.5 * r * r);
}
