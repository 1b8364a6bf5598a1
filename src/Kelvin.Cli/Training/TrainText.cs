using System.Globalization;
using Kelvin.Cli.Calibration;
using Kelvin.Cli.Frame;
using Kelvin.Temperatures;

namespace Kelvin.Cli.Training;

/// <summary>Prints how a run ended: the answer in a sentence, a line a seed, what was found, where it is written.</summary>
internal static class TrainText
{
    public static void Write(CliHost host, TrainPlan plan, TrainSummary summary)
    {
        host.Write(summary.Verdict);
        TrainSummary.DataFacts data = summary.Data;
        host.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{data.Name}: {data.Rows} examples of {data.Features} numbers, {data.Classes} classes; {data.TrainRows} to train, {data.ValidationRows} to validate, {data.TestRows} to test.\n"));
        host.Output.WriteLine(" seed  ended        epochs   valid.    test      T   ECE before → after");
        foreach (TrainSummary.SeedFacts seed in summary.Seeds)
            host.Output.WriteLine(Line(seed));
        host.Output.WriteLine();
        if (summary.Seeds.Select(seed => seed.Calibration).FirstOrDefault(facts => facts is { Outcome: not CalibrationOutcome.Interior }) is { } unfitted)
            host.Write($"– {CalibrationWords.WhyNot(unfitted.Outcome)}\n");
        WriteIncidents(host, [.. summary.Seeds.SelectMany(seed => seed.Incidents.Select(incident => (seed.Seed, incident)))]);
        WriteFiles(host, plan.Place, plan.Config.Value.Output.Report);
    }

    private static string Line(TrainSummary.SeedFacts seed)
    {
        string validation = seed.BestValidation is { } best ? Percent(best.Accuracy) : "–";
        string calibration = seed.Calibration is { Outcome: CalibrationOutcome.Interior } facts
            ? $"{facts.Temperature.ToString(facts.Temperature < 100 ? "0.00" : "0", CultureInfo.InvariantCulture),7}   {Change(facts.Ece)}"
            : $"{"–",7}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{seed.Seed,5}  {TrainWords.Ending(seed.Status),-13}{seed.Epochs,6}{validation,9}{Percent(seed.TestAccuracy),8}{calibration}").TrimEnd();
    }

    private static string Change(MetricChange ece)
    {
        string judgement = ece.IsImproved ? " better" : ece.GainInterval.High < 0 ? " worse" : string.Empty;
        return $"{Percent(ece.Before)} → {Percent(ece.After)}{judgement}";
    }

    /// <summary>Lists what the monitor found.</summary>
    public static void WriteIncidents(CliHost host, IReadOnlyList<(int Seed, TrainSummary.IncidentFacts Incident)> incidents)
    {
        if (incidents.Count == 0)
        {
            host.Write("The monitor found nothing to complain of.");
            return;
        }

        host.Write(string.Create(CultureInfo.InvariantCulture, $"The monitor opened {incidents.Count} incident{(incidents.Count == 1 ? string.Empty : "s")}:"));
        foreach ((int seed, TrainSummary.IncidentFacts incident) in incidents)
            host.Write(string.Create(CultureInfo.InvariantCulture, $"  seed {seed}, {incident.Cause}: {incident.Title}"));
    }

    /// <summary>Says where the results lie.</summary>
    public static void WriteFiles(CliHost host, RunPlace place, bool hasReport)
    {
        host.Output.WriteLine();
        if (hasReport)
            host.Output.WriteLine($"Report   {host.ShortPath(RunFolder.Report(place))}");
        host.Output.WriteLine($"Numbers  {host.ShortPath(RunFolder.Summary(place))}");
        string metrics = place.Seeds.Count == 1 ? "metrics.csv" : Path.Combine("seed-*", "metrics.csv");
        host.Output.WriteLine($"Metrics  {host.ShortPath(Path.Combine(place.Folder, metrics))}");
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");
}
