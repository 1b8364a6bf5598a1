using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>The page's section on the generated digits.</summary>
internal static class DigitsSection
{
    public static Section Of(DigitsResult digits) => new(
        "Digits",
        [Sheet(digits), Quality(digits), DiffusionPage.BoundsTable(digits.Bounds)])
    {
        Lead = LabWords.Text($"A network learnt from {digits.TrainingImages} images in {digits.Seconds:0} s and was then asked for each digit. The classifier that judges it was trained on other images and is right on {digits.ClassifierAccuracy * 100:0.0} % of {digits.TestImages} test images."),
    };

    /// <summary>The samples as shades. Every row and column needs a name of its own: the chart lays equal names on one another.</summary>
    private static HeatmapChart Sheet(DigitsResult digits)
    {
        int across = digits.Sheet.Max(samples => samples.Count);
        int pitch = DigitImages.Side + 1;
        int columns = (across * pitch) - 1;
        int rows = (digits.Sheet.Count * pitch) - 1;
        return new HeatmapChart
        {
            Title = "Samples, asked for by class",
            Caption = LabWords.Text($"Flow by Heun's method, {digits.Rows[0].Steps} steps, guidance {digits.Rows[0].Guidance}; the first samples of each class, not chosen."),
            ColumnName = "Sample.pixel",
            Columns = [.. Enumerable.Range(0, columns).Select(x => LabWords.Text($"{(x / pitch) + 1}.{(x % pitch) + 1}"))],
            RowName = "Digit.pixel",
            Rows = [.. Enumerable.Range(0, rows).Select(y => LabWords.Text($"{y / pitch}.{(y % pitch) + 1}"))],
            Value = new Axis("Ink") { Min = 0, Max = DigitImages.White },
            Values =
            [
                .. Enumerable.Range(0, rows).Select(y => (IReadOnlyList<double>)
                    [.. Enumerable.Range(0, columns).Select(x => Pixel(digits, x, y, pitch))]),
            ],
        };
    }

    private static double Pixel(DigitsResult digits, int x, int y, int pitch)
    {
        IReadOnlyList<double[]> samples = digits.Sheet[y / pitch];
        return x % pitch == DigitImages.Side || y % pitch == DigitImages.Side || x / pitch >= samples.Count
            ? double.NaN
            : samples[x / pitch][(y % pitch * DigitImages.Side) + (x % pitch)];
    }

    private static DataTable Quality(DigitsResult digits) => new(
        "Quality",
        ["Sampler", "Steps", "Guidance", "Recognised", "Fréchet, halves = 1", "Fréchet to test", "Near, 5 %", "Near, 25 %", "Near, 50 %"],
        [
            .. digits.Rows.Select(row => (IReadOnlyList<Cell>)
            [
                DiffusionText.NameOf(row.Sampler),
                Cell.Number(row.Steps, NumberForm.Whole),
                Cell.Number(row.Guidance),
                Cell.Percent(row.Accuracy),
                Cell.Number(row.FrechetRatio),
                Cell.Number(row.TestFrechetRatio),
                Cell.Percent(row.Near[0]),
                Cell.Percent(row.Near[1]),
                Cell.Percent(row.Near[2]),
            ]),
        ])
    {
        Caption = "Fréchet distance in the classifier's 128 hidden units: to half of the real images, divided by that between the halves; and to test images, divided by that of the training images. Near: share of samples nearer to a training image than so many of the real test images; more would mean copying.",
    };
}
