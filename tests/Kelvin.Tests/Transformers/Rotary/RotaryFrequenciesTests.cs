using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Rotary;

namespace Kelvin.Tests.Transformers.Rotary;

public sealed class RotaryFrequenciesTests
{
    private const int HeadSize = 64;

    [Fact]
    public void Linear_scaling_divides_every_frequency()
    {
        double[] plain = Frequencies(new RotaryConfig { Theta = 5000 }, 10);
        double[] linear = Frequencies(new RotaryConfig { Theta = 5000, Scaling = RotaryScaling.Linear, Factor = 4 }, 10);

        for (int j = 0; j < plain.Length; j++)
        {
            Assert.Equal(Math.Pow(5000, -2.0 * j / HeadSize), plain[j], 1e-15);
            Assert.Equal(plain[j] / 4, linear[j], 1e-15);
        }
    }

    [Fact]
    public void Dynamic_scaling_begins_past_the_original_context()
    {
        var rotary = new RotaryConfig { Scaling = RotaryScaling.Dynamic, Factor = 2, OriginalContext = 100 };

        Assert.Equal(Frequencies(new RotaryConfig(), 100), Frequencies(rotary, 100));
        double theta = 10_000 * Math.Pow((2 * 300 / 100.0) - 1, HeadSize / (HeadSize - 2.0));
        Assert.Equal(Math.Pow(theta, -2.0 * 5 / HeadSize), Frequencies(rotary, 300)[5], 1e-14);
    }

    [Fact]
    public void Llama3_keeps_short_wavelengths_divides_long_ones_and_blends_between()
    {
        var rotary = new RotaryConfig
        {
            Theta = 500_000, Scaling = RotaryScaling.Llama3, Factor = 8, OriginalContext = 8192, LowFrequencyFactor = 1, HighFrequencyFactor = 4,
        };
        double[] got = Frequencies(rotary, 1);

        for (int j = 0; j < got.Length; j++)
        {
            double omega = Math.Pow(500_000, -2.0 * j / HeadSize);
            double wavelength = 2 * Math.PI / omega;
            double s = ((8192 / wavelength) - 1) / 3;
            double expected = wavelength < 8192 / 4.0 ? omega : wavelength > 8192 ? omega / 8 : ((1 - s) * omega / 8) + (s * omega);
            Assert.Equal(expected, got[j], 1e-14);
        }
    }

    [Fact]
    public void Yarn_ramps_over_the_dimensions_between_fast_and_slow()
    {
        var rotary = new RotaryConfig { Scaling = RotaryScaling.Yarn, Factor = 4, OriginalContext = 2048 };
        double[] got = Frequencies(rotary, 1);
        double low = Math.Floor(HeadSize * Math.Log(2048 / (32 * 2 * Math.PI)) / (2 * Math.Log(10_000)));
        double high = Math.Ceiling(HeadSize * Math.Log(2048 / (2 * Math.PI)) / (2 * Math.Log(10_000)));

        for (int j = 0; j < got.Length; j++)
        {
            double omega = Math.Pow(10_000, -2.0 * j / HeadSize);
            double ramp = Math.Clamp((j - low) / (high - low), 0, 1);
            Assert.Equal((omega / 4 * ramp) + (omega * (1 - ramp)), got[j], 1e-14);
        }

        Assert.Equal(1, got[0]);
    }

    private static double[] Frequencies(RotaryConfig rotary, int length) => RotaryFrequencies.Of(RotaryOptions.Of(rotary, HeadSize), length);
}
