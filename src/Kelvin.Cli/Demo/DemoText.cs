using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Demo;

/// <summary>What the demo says on the terminal: the answer in a sentence, what held, where the report is, what next.</summary>
internal static class DemoText
{
    public static void Write(CliHost host, DemoResult result, IReadOnlyList<DemoFinding> findings, DemoFolder output, TimeSpan elapsed)
    {
        host.Write(Headline(result));
        host.Write(string.Empty);
        foreach (DemoFinding finding in findings)
        {
            host.Write($"{Sign(finding)} {finding.Claim}: {finding.Badge}.");
            host.Write($"  {finding.Detail}\n");
        }

        host.Write(DemoWords.Text($"Done in {elapsed.TotalSeconds:0} s. The report, with every chart and number:"));
        host.Output.WriteLine($"  {new Uri(output.Report).AbsoluteUri}");
        host.Write($"The numbers are in {host.ShortPath(output.Document)}.");
        host.Write("Next, your own data: `kelvin train FILE.yaml` trains and watches a network,\n`kelvin calibrate FILE` fits a temperature to the logits of any classifier.");
    }

    /// <summary>The answer in one or two sentences.</summary>
    public static string Headline(DemoResult result)
    {
        int bad = result.Runs.Count(run => run.Verdict.IsBad);
        int caught = result.Runs.Count(run => run.IsCaught);
        int safe = result.Runs.Count(run => run.Regime == StepRegime.Safe);
        int alarms = result.Runs.Count(run => run.IsFalseAlarm);
        string named = caught == bad ? $"all {bad}" : $"{caught} of {bad}";
        string calm = alarms == 0 ? $"none of the {safe} safe ones" : $"{alarms} of the {safe} safe ones";
        AccuracyResult best = result.BestAccuracy;
        return $"Kelvin named the trouble in {named} runs that went wrong, no later than their loss showed it, and in {calm}; its best network reads {DemoWords.Percent(best.Test)} of unseen digits.";
    }

    private static string Sign(DemoFinding finding) => finding.Verdict switch
    {
        Reports.Verdict.Held => "✓",
        Reports.Verdict.HeldWhen => "◐",
        Reports.Verdict.DidNotHold => "✗",
        _ => "?",
    };
}
