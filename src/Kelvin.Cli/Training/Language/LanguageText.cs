using System.Globalization;
using Kelvin.Cli.Frame;
using Kelvin.Datasets.Tasks;

namespace Kelvin.Cli.Training.Language;

/// <summary>Prints how the training of a transformer ended: the answer in a sentence, a line a seed, what was found, where it is written.</summary>
internal static class LanguageText
{
    public static void Write(CliHost host, LanguagePlan plan, LanguageSummary summary)
    {
        LanguageSummary.DataFacts data = summary.Data;
        host.Write(summary.Verdict);
        host.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{data.Name}: {data.TrainSequences} sequences of {data.Length} tokens to train, {data.ValidationSequences} to validate. {summary.Model.Layers} layers of width {summary.Model.Width}, {summary.Parameters} parameters.\n"));
        host.Output.WriteLine(" seed  ended           steps      loss   accuracy");
        foreach (LanguageSummary.SeedFacts seed in summary.Seeds)
            host.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seed.Seed,5}  {TrainWords.Ending(seed.Status),-13}{seed.Steps,8}{seed.ValidationLoss,10:0.0000}{seed.ValidationAccuracy * 100,9:0.0} %"));
        host.Output.WriteLine();
        foreach (LanguageSummary.SeedFacts seed in summary.Seeds.Where(seed => seed.Accuracy.Count > 0))
            WriteTable(host, seed);
        TrainText.WriteIncidents(host, [.. summary.Seeds.SelectMany(seed => seed.Incidents.Select(incident => (seed.Seed, incident)))]);
        TrainText.WriteFiles(host, plan.Place, plan.Config.Value.Output.Report);
        host.Output.WriteLine($"Model    {host.ShortPath(Path.Combine(plan.Place.Folder, plan.Place.Seeds.Count == 1 ? string.Empty : "seed-*", LanguageRun.ModelFolder))}");
    }

    /// <summary>Right answers by phrasing, in the mean over the tasks; every cell is in accuracy.csv.</summary>
    private static void WriteTable(CliHost host, LanguageSummary.SeedFacts seed)
    {
        double[] temperatures = [.. seed.Accuracy.Select(cell => cell.Temperature).Distinct().Take(6)];
        host.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Right answers of seed {seed.Seed} in %, by phrasing and temperature"));
        host.Output.WriteLine("              " + string.Concat(temperatures.Select(t => string.Create(CultureInfo.InvariantCulture, $"{(t == 0 ? "greedy" : $"T={t:0.##}"),10}"))));
        foreach (IGrouping<TaskPhrasing, AccuracyCell> row in seed.Accuracy.GroupBy(cell => cell.Phrasing))
        {
            host.Output.WriteLine($"  {AccuracyTable.Name(row.Key),-12}" + string.Concat(temperatures.Select(
                t => string.Create(CultureInfo.InvariantCulture, $"{row.Where(cell => cell.Temperature == t).Average(cell => cell.Accuracy) * 100,10:0.0}"))));
        }

        host.Output.WriteLine();
    }
}
