using Kelvin.Diffusion;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Diffusion;

public sealed class ImageWarpTests
{
    [Fact]
    public void No_strength_changes_nothing_and_more_keeps_the_ink()
    {
        double[] image = new double[64];
        for (int y = 2; y < 6; y++)
        {
            for (int x = 2; x < 6; x++)
                image[(8 * y) + x] = 16;
        }

        double[] same = new double[64];
        double[] warped = new double[64];
        ImageWarp.Apply(image, 8, 0, new Xoshiro256StarStar(1, threadSafe: false), same);
        ImageWarp.Apply(image, 8, 1, new Xoshiro256StarStar(1, threadSafe: false), warped);

        Assert.Equal(image, same);
        Assert.NotEqual(image, warped);
        Assert.All(warped, pixel => Assert.InRange(pixel, 0, 16.000001));
        Assert.InRange(warped.Sum() / image.Sum(), 0.7, 1.4);
        Assert.Throws<ArgumentException>(() => ImageWarp.Apply(image, 7, 1, new Xoshiro256StarStar(1), warped));
    }
}
