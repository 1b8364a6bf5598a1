namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>Digits drawn with half blocks: one sample of each class.</summary>
internal static class SheetText
{
    private const int InARow = 5;

    public static IEnumerable<string> Lines(IReadOnlyList<IReadOnlyList<double[]>> sheet)
    {
        foreach ((int i, IReadOnlyList<double[]>[] group) in sheet.Chunk(InARow).Index())
        {
            if (i > 0)
                yield return string.Empty;
            for (int y = 0; y < DigitImages.Side; y += 2)
                yield return string.Join("   ", group.Select(samples => Line(samples[0], y))).TrimEnd();
        }
    }

    private static string Line(double[] pixels, int y) =>
        string.Concat(Enumerable.Range(0, DigitImages.Side).Select(x => Block(IsLight(pixels, x, y), IsLight(pixels, x, y + 1))));

    private static bool IsLight(double[] pixels, int x, int y) => pixels[(y * DigitImages.Side) + x] > DigitImages.White / 2;

    private static char Block(bool upper, bool lower) => (upper, lower) switch
    {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        _ => ' ',
    };
}
