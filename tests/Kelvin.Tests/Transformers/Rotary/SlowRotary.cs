using Kelvin.Transformers.Rotary;

namespace Kelvin.Tests.Transformers.Rotary;

/// <summary>The frequency of one pair, case by case as the papers and configuration files word it.</summary>
internal static class SlowRotary
{
    public static (double Frequency, double Factor) Of(RotaryOptions options, int pair, int length)
    {
        int dim = (int)(options.HeadLength * options.PartialFactor);
        double theta = options.Base;
        double plain = 1 / Math.Pow(theta, 2.0 * pair / dim);
        double wavelength = 2 * Math.PI / plain;
        int original = options.OriginalLength;
        switch (options.Scaling)
        {
            case RotaryScaling.Linear:
                return (plain / options.Factor, 1);
            case RotaryScaling.Dynamic:
                int seen = Math.Max(length, original);
                double grown = theta * Math.Pow((options.Factor * seen / original) - options.Factor + 1, dim / (dim - 2.0));
                return (1 / Math.Pow(grown, 2.0 * pair / dim), 1);
            case RotaryScaling.Llama3:
                if (wavelength < original / options.HighFrequencyFactor)
                    return (plain, 1);
                if (wavelength > original / options.LowFrequencyFactor)
                    return (plain / options.Factor, 1);
                double smooth = ((original / wavelength) - options.LowFrequencyFactor) / (options.HighFrequencyFactor - options.LowFrequencyFactor);
                return (((1 - smooth) * plain / options.Factor) + (smooth * plain), 1);
            case RotaryScaling.Yarn:
                double low = Math.Max(0, Math.Floor(Rotations(options.BetaFast)));
                double high = Math.Min(dim - 1, Math.Ceiling(Rotations(options.BetaSlow)));
                if (low == high)
                    high += 0.001;
                double ramp = Math.Min(1, Math.Max(0, (pair - low) / (high - low)));
                double stretch = options.Factor > 1 ? 1 + (0.1 * Math.Log(options.Factor)) : 1;
                return ((plain / options.Factor * ramp) + (plain * (1 - ramp)), stretch);
            default:
                return (plain, 1);
        }

        double Rotations(double beta) => dim * Math.Log(original / (beta * 2 * Math.PI)) / (2 * Math.Log(theta));
    }
}
