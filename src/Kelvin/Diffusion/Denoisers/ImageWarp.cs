namespace Kelvin.Diffusion;

/// <summary>Turns, stretches, shears and shifts a small grey image a little: a new example of the same class.</summary>
public static class ImageWarp
{
    /// <summary>Draws a warp and applies it by bilinear interpolation; what comes from outside the image is 0.</summary>
    /// <param name="image">Rows of pixels, one after another, shape [side²].</param>
    /// <param name="side">Pixels in a row, and rows; at least 1.</param>
    /// <param name="size">Strength ≥ 0: at 1 up to 0.2 radians, 10 % of size, 0.15 of shear and 0.7 pixels; at 0 nothing changes.</param>
    /// <param name="random">The generator; moved on by five draws.</param>
    /// <param name="warped">The new image, shape [side²]; must not lie on the old one.</param>
    /// <exception cref="ArgumentException">The lengths are not side², or the strength is negative or not finite.</exception>
    public static void Apply(ReadOnlySpan<double> image, int side, double size, Random random, Span<double> warped)
    {
        ArgumentNullException.ThrowIfNull(random);
        Require.Positive(side);
        Require.Length(image, side * side);
        Require.Length<double>(warped, side * side);
        Require.Between(size, 0, double.MaxValue);
        (double sin, double cos) = Math.SinCos(Draw(random, 0.2 * size));
        double scale = 1 + Draw(random, 0.1 * size);
        double shiftX = Draw(random, 0.7 * size);
        double shiftY = Draw(random, 0.7 * size);
        double shear = Draw(random, 0.15 * size);
        double centre = 0.5 * (side - 1);
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                (double u, double v) = (x - centre, y - centre);
                double fromX = (scale * ((cos * u) - (sin * v) + (shear * v))) + centre + shiftX;
                double fromY = (scale * ((sin * u) + (cos * v))) + centre + shiftY;
                warped[(y * side) + x] = Between(image, side, fromX, fromY);
            }
        }
    }

    private static double Draw(Random random, double most) => most * ((2 * random.NextDouble()) - 1);

    private static double Between(ReadOnlySpan<double> image, int side, double x, double y)
    {
        int left = (int)Math.Floor(x);
        int top = (int)Math.Floor(y);
        (double right, double down) = (x - left, y - top);
        return ((1 - down) * (((1 - right) * Pixel(image, side, left, top)) + (right * Pixel(image, side, left + 1, top))))
            + (down * (((1 - right) * Pixel(image, side, left, top + 1)) + (right * Pixel(image, side, left + 1, top + 1))));
    }

    private static double Pixel(ReadOnlySpan<double> image, int side, int x, int y) =>
        (uint)x < (uint)side && (uint)y < (uint)side ? image[(y * side) + x] : 0;
}
