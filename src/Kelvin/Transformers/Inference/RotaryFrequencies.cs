using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Inference;

/// <summary>The angle by which each pair of a head's dimensions turns from one position to the next.</summary>
/// <remarks>
/// <para>ωⱼ = θ^(−2j/d), j from 0 to d/2 − 1, then scaled. linear: ω/f. dynamic, for a sequence of L tokens past the original C:
/// θ·(f·L/C − f + 1)^(d/(d − 2)) in the place of θ. llama3: with λ = 2π/ω, ω stays where λ &lt; C/high, ω/f where λ > C/low, and between
/// (1 − s)ω/f + sω, s = (C/λ − low)/(high − low). yarn: rω/f + (1 − r)ω, r a ramp from 0 to 1 between the dimensions that turn β_fast and
/// β_slow times in C tokens.</para>
/// <para>Sources: arXiv 2104.09864, 2306.15595, 2309.00071; the module <c>modeling_rope_utils</c> of the Python package transformers.</para>
/// </remarks>
internal static class RotaryFrequencies
{
    /// <summary>ω, shape [d/2].</summary>
    /// <param name="rotary">What the configuration names.</param>
    /// <param name="headSize">d.</param>
    /// <param name="length">L; read by dynamic scaling alone.</param>
    public static double[] Of(RotaryConfig rotary, int headSize, int length)
    {
        double theta = rotary.Theta;
        if (rotary.Scaling == RotaryScalingKind.Dynamic && length > rotary.OriginalContext)
            theta *= Math.Pow((rotary.Factor * length / rotary.OriginalContext) - rotary.Factor + 1, headSize / (headSize - 2.0));

        double[] frequencies = new double[headSize / 2];
        for (int j = 0; j < frequencies.Length; j++)
        {
            double omega = Math.Pow(theta, -2.0 * j / headSize);
            double share = rotary.Scaling switch
            {
                RotaryScalingKind.Linear => 1,
                RotaryScalingKind.Llama3 => Llama3(rotary, omega),
                RotaryScalingKind.Yarn => Yarn(rotary, headSize, j),
                _ => 0,
            };
            frequencies[j] = (share * omega / rotary.Factor) + ((1 - share) * omega);
        }

        return frequencies;
    }

    /// <summary>The share of the divided frequency: 0 for short wavelengths, 1 for long ones.</summary>
    private static double Llama3(RotaryConfig rotary, double omega)
    {
        double turns = rotary.OriginalContext * omega / (2 * Math.PI);
        return Math.Clamp((rotary.HighFrequencyFactor - turns) / (rotary.HighFrequencyFactor - rotary.LowFrequencyFactor), 0, 1);
    }

    private static double Yarn(RotaryConfig rotary, int headSize, int dimension)
    {
        double low = Dimension(rotary.BetaFast);
        double high = Dimension(rotary.BetaSlow);
        if (rotary.RoundsRamp)
            (low, high) = (Math.Floor(low), Math.Ceiling(high));
        (low, high) = (Math.Max(low, 0), Math.Min(high, headSize - 1));
        return Math.Clamp((dimension - low) / (high == low ? 0.001 : high - low), 0, 1);

        double Dimension(double turns) =>
            headSize * Math.Log(rotary.OriginalContext / (turns * 2 * Math.PI)) / (2 * Math.Log(rotary.Theta));
    }
}
