using Kelvin.Reports;

namespace Kelvin.Cli.Demo;

/// <summary>Decides from the numbers whether the kernel at the start predicts training.</summary>
internal static class KernelFinding
{
    public static DemoFinding Of(IReadOnlyList<KernelRun> runs)
    {
        int[] widths = [.. runs.Select(run => run.Width).Distinct().Order()];
        bool anyTrusted = runs.Any(run => run.IsTrusted);
        Verdict verdict = runs.All(run => run.IsPredicted) ? Verdict.Held
            : anyTrusted && runs.Where(run => run.IsTrusted).All(run => run.IsPredicted) ? Verdict.HeldWhen
            : Verdict.DidNotHold;
        int right = runs.Count(run => run.IsTrusted == run.IsPredicted);
        string each = string.Join("; ", widths.Select(width => $"{width} units: {Counts([.. runs.Where(run => run.Width == width)])}"));
        return new DemoFinding(
            "kernel_predicts",
            "The tangent kernel at the start predicts the loss",
            verdict,
            verdict == Verdict.HeldWhen ? "the check before training says so" : string.Empty,
            DemoWords.Text($"Networks whose loss stayed within {DemoWords.Percent(KernelExperiment.Tolerance)} of the prediction at every step: {each}. The check made before training was right about {right} of {runs.Count}."),
            KernelSection.Title);
    }

    private static string Counts(KernelRun[] runs)
    {
        IEnumerable<string> counts = DemoPlan.Activations.Select(activation =>
        {
            KernelRun[] of = [.. runs.Where(run => run.Activation == activation)];
            return DemoWords.Text($"{DemoWords.Of(activation)} {of.Count(run => run.IsPredicted)} of {of.Length}");
        });
        return DemoWords.Text($"{string.Join(", ", counts)}, kernels moved by up to {DemoWords.Percent(runs.Max(run => run.Drift))}");
    }
}
