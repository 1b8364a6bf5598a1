using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Reports;

namespace Kelvin.Cli.Training.Language;

/// <summary>The part of <c>kelvin train</c> that trains transformers: every seed of a plan, then summary and report.</summary>
internal static class LanguageTraining
{
    /// <summary>Trains, writes and tells.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(CliHost host, LanguagePlan plan, bool resume, bool json, CancellationToken cancellationToken)
    {
        LanguageData data = LanguageData.Load(host, plan.Config);
        RunFolder.Prepare(host, plan.Place, resume);
        List<LanguageResult> results = [];
        foreach (int seed in plan.Place.Seeds)
            results.Add(new LanguageRun(host, plan, data, seed).Run(resume, cancellationToken));

        LanguageSummary summary = LanguageSummary.Of(plan, data, results);
        if (plan.Config.Value.Output.Report)
            AtomicFile.WriteText(RunFolder.Report(plan.Place), HtmlReport.Render(LanguagePage.Of(plan, data, summary, results)));
        AtomicFile.WriteText(RunFolder.Summary(plan.Place), JsonOutput.Of(summary) + "\n");
        if (json)
            JsonOutput.Print(host, summary);
        else
            LanguageText.Write(host, plan, summary);
        return results.Exists(result => result.Training.Status == TrainingStatus.Diverged) ? ExitCode.No : ExitCode.Good;
    }
}
