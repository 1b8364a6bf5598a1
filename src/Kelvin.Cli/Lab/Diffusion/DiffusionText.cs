using Kelvin.Cli.Frame;
using Kelvin.Diffusion;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>What the diffusion experiment says on the terminal.</summary>
internal static class DiffusionText
{
    public static void Write(CliHost host, DiffusionResult result)
    {
        host.Write(Headline(result));
        if (result.Curves.Count > 0)
            WriteCurves(host, result);
        if (result.Samplers.Count > 0)
            WriteSamplers(host, result);
        if (result.Bounds.Count > 0)
            WriteBounds(host, result.Bounds, "Score error per noise level, in units of noise, and a bound that holds with probability 95 %:");
        if (result.Digits is not null)
            WriteDigits(host, result.Digits);
    }

    /// <summary>The answer in a sentence or two.</summary>
    public static string Headline(DiffusionResult result)
    {
        List<string> sentences = [];
        LearnerCurve[] sound = [.. result.Sound];
        if (sound.Length > 0)
        {
            int learning = sound.Count(curve => curve.IsLearning);
            sentences.Add(LabWords.Text($"The score error falls with the number of examples in {learning} of {sound.Length} settings of the sound learners, under clean and noisy labels."));
        }

        if (result.Claimed.Any())
        {
            SamplerRow worst = result.Claimed.MaxBy(row => row.Ratio.Value)!;
            sentences.Add(LabWords.Text($"Samples with the learnt score are at most {worst.Ratio.Value:0.00} times as far from the truth as with the exact one."));
        }

        if (result.Digits is { } digits)
            sentences.Add(LabWords.Text($"An independent classifier recognises {digits.Rows[0].Accuracy * 100:0.0} % of the generated digits, at {digits.Rows[0].FrechetRatio:0.00} times the Fréchet distance between two halves of the real ones."));
        return string.Join(" ", sentences);
    }

    private static void WriteCurves(CliHost host, DiffusionResult result)
    {
        DiffusionPlan plan = result.Plan;
        host.Write(LabWords.Text($"\nScore error E‖ŝ − s‖²/E‖s‖² at {plan.Sizes[0]} and {plan.Sizes[^1]} examples, ring of eight Gaussians, {plan.Seeds} seeds; slope of log error against log n with its 95 % interval.\n"));
        var table = new TextTable("learner", "t", "labels", $"n={plan.Sizes[0]}", $"n={plan.Sizes[^1]}", "slope");
        foreach (LearnerCurve curve in result.Curves)
        {
            table.Add(
                curve.IsSound ? curve.Learner : $"{curve.Learner} *",
                LabWords.Text($"{curve.Time:0.0}"),
                curve.HasCleanLabels ? "clean" : "noisy",
                LabWords.Number(curve.Errors[0].Value),
                LabWords.Number(curve.Errors[^1].Value),
                LabWords.Text($"{curve.Slope.Value:0.00} [{curve.Slope.Low:0.00}, {curve.Slope.High:0.00}]").Replace('-', '−'));
        }

        table.Write(host);
        host.Write("* not sound at small times, by the reference: no projection and no bias.");
    }

    private static void WriteSamplers(CliHost host, DiffusionResult result)
    {
        host.Write(LabWords.Text($"\nSliced Wasserstein distance of {result.Plan.Samples} samples to true ones, and its ratio to that of the exact score at the same steps.\n"));
        var table = new TextTable("score", "sampler", "steps", "distance", "ratio", "log-lik.");
        foreach (SamplerRow row in result.Samplers.OrderBy(row => row.Steps).ThenBy(row => row.Sampler))
        {
            table.Add(
                row.Score.Replace(" kernel", "", StringComparison.Ordinal),
                NameOf(row.Sampler),
                LabWords.Text($"{row.Steps}"),
                LabWords.Number(row.Sliced.Value),
                row.Score == SamplerRuns.Exact ? "1" : LabWords.Text($"{row.Ratio.Value:0.00} [{row.Ratio.Low:0.00}, {row.Ratio.High:0.00}]"),
                LabWords.Text($"{Math.Round(row.Likelihood.Value, 2):+0.00;−0.00;0.00}"));
        }

        table.Write(host);
    }

    private static void WriteBounds(CliHost host, IReadOnlyList<BoundRow> bounds, string what)
    {
        host.Write($"\n{what}\n");
        bool isRepeated = bounds.Any(row => !double.IsNaN(row.Coverage));
        var table = isRepeated
            ? new TextTable("what", "t", "measured", "bound", "draws", "covers", "ratio")
            : new TextTable("what", "t", "measured", "bound", "draws");
        foreach (BoundRow row in bounds)
        {
            string[] cells = [row.Subject, LabWords.Text($"{row.Time:0.0}"), LabWords.Number(row.Bound.Measured), LabWords.Number(row.Bound.Bound), LabWords.Text($"{row.Bound.Draws}")];
            table.Add(isRepeated ? [.. cells, LabWords.Percent(row.Coverage), LabWords.Number(row.MedianRatio)] : cells);
        }

        table.Write(host);
    }

    private static void WriteDigits(CliHost host, DigitsResult digits)
    {
        host.Write(LabWords.Text($"\nDigits: learnt from {digits.TrainingImages} images in {digits.Seconds:0} s; the classifier that judges them was trained on others and is right on {digits.ClassifierAccuracy * 100:0.0} % of {digits.TestImages} test images. Copies: share of samples nearer to a training image than the nearest 5, 25, 50 % of test images.\n"));
        var table = new TextTable("sampler", "steps", "guidance", "recognised", "Fréchet", "copies");
        foreach (DigitsRow row in digits.Rows)
        {
            table.Add(
                NameOf(row.Sampler),
                LabWords.Text($"{row.Steps}"),
                LabWords.Text($"{row.Guidance:0.##}"),
                LabWords.Percent(row.Accuracy),
                LabWords.Text($"{row.FrechetRatio:0.00} ×"),
                string.Join(" / ", row.Near.Select(share => LabWords.Text($"{share * 100:0}"))) + " %");
        }

        table.Write(host);
        host.Output.WriteLine();
        foreach (string line in SheetText.Lines(digits.Sheet))
            host.Output.WriteLine(line);
        WriteBounds(host, digits.Bounds, "On real data, test images only: the denoising risk E‖ε̂ − ε‖² (64 for knowing nothing), and how much of it exceeds the better of two references, one Gaussian and one a class (told the class, as the generator is); below 0 means proven better. Bounds hold with probability 95 %:");
    }

    /// <summary>The sampler's name.</summary>
    public static string NameOf(SamplerKind kind) => kind switch
    {
        SamplerKind.Heun => "flow, Heun",
        SamplerKind.Euler => "flow, Euler",
        SamplerKind.Ddim => "DDIM",
        SamplerKind.EulerMaruyama => "Euler–Maruyama",
        SamplerKind.PredictorCorrector => "predictor–corr.",
        _ => "ancestral",
    };
}
