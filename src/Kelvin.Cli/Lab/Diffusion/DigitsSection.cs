using Kelvin.Reports;
using Kelvin.Reports.Charts;
using Kelvin.Reports.Pictures;

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

    private static PictureGrid Sheet(DigitsResult digits) => new()
    {
        Title = "Samples, asked for by class",
        Caption = LabWords.Text($"Flow by Heun's method, {digits.Rows[0].Steps} steps, guidance {digits.Rows[0].Guidance}; the first samples of each class, not chosen."),
        Description = LabWords.Text($"Generated handwritten digits of {DigitImages.Side} by {DigitImages.Side} pixels, white on black: one row for each digit from 0 to {digits.Sheet.Count - 1}, with its first samples side by side."),
        ColumnName = "Sample",
        Columns = [.. Enumerable.Range(1, digits.Sheet.Max(samples => samples.Count)).Select(i => LabWords.Text($"{i}"))],
        RowName = "Digit",
        Rows = [.. Enumerable.Range(0, digits.Sheet.Count).Select(digit => LabWords.Text($"{digit}"))],
        Value = new Axis("Ink") { Min = 0, Max = DigitImages.White },
        Pictures = [.. digits.Sheet.Select(samples => (IReadOnlyList<Picture>)[.. samples.Select(pixels => new Picture(DigitImages.Side, pixels))])],
    };

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
