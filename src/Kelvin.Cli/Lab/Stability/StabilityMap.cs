using System.Globalization;
using System.Security.Cryptography;
using System.Runtime.InteropServices;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Stability;

/// <summary>Trains every cell of the map and bisects every column, in parallel over the columns.</summary>
/// <param name="run">The means.</param>
/// <param name="plan">What to do.</param>
/// <param name="data">The data.</param>
/// <param name="journal">Keeps every cell and every bisection that is done.</param>
internal sealed class StabilityMap(LabRun run, StabilityPlan plan, LabData data, Journal journal)
{
    private readonly int[] _rows = data.FewTrainingRows(plan.Rows);

    /// <summary>A checksum of the examples that a plan trains on.</summary>
    public static string Checksum(LabData data, int rows)
    {
        TrainingSet<double> set = data.Set<double>(data.FewTrainingRows(rows));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < set.Rows; i++)
            hash.AppendData(MemoryMarshal.AsBytes(set.Inputs.Row(i)));
        hash.AppendData(MemoryMarshal.AsBytes(set.Labels.Span));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    /// <summary>Does it; the columns come in the order of temperatures, then widths.</summary>
    public StabilityColumn[] Train()
    {
        (double Temperature, int Hidden)[] places =
            [.. from temperature in plan.Temperatures from hidden in plan.Widths select (temperature, hidden)];
        int[] order = [.. Enumerable.Range(0, places.Length).OrderByDescending(i => places[i].Hidden)];   // the long ones first
        int parts = places.Length * (plan.Multiples.Count + plan.BisectedSeeds);
        StabilityColumn[] done = run.Do<StabilityColumn>(
            "Stability map",
            parts,
            [.. order.Select(i => (Func<Action<string?>, StabilityColumn>)(tell => Column(places[i].Temperature, places[i].Hidden, tell)))]);
        StabilityColumn[] columns = new StabilityColumn[places.Length];
        for (int k = 0; k < order.Length; k++)
            columns[order[k]] = done[k];
        return columns;
    }

    private StabilityColumn Column(double temperature, int hidden, Action<string?> tell)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{temperature:R}/{hidden}");
        var trials = new Lazy<StepTrials>(() => Trials(temperature, hidden, plan.Seed));
        ColumnHead head = journal.Get($"head/{place}", () => new ColumnHead(trials.Value.CurvatureStep, trials.Value.TargetShare, trials.Value.IsJudgeable));
        DescentResult[] cells = new DescentResult[plan.Multiples.Count];
        for (int i = 0; i < cells.Length; i++)
        {
            double multiple = plan.Multiples[i];
            run.CancellationToken.ThrowIfCancellationRequested();
            cells[i] = journal.Get(FormattableString.Invariant($"cell/{place}/{i}"), () => trials.Value.Run(multiple));
            tell(LabWords.Text($"T = {temperature:0.###}, {hidden} units, step × {multiple:0.##}: {StabilityWords.Of(cells[i].Outcome)}"));
        }

        StableStepResult[] bisected = new StableStepResult[plan.BisectedSeeds];
        for (int k = 0; k < bisected.Length; k++)
        {
            int seed = unchecked(plan.Seed + k);
            run.CancellationToken.ThrowIfCancellationRequested();
            bisected[k] = journal.Get(
                FormattableString.Invariant($"bisect/{place}/{seed}"), () => (k == 0 ? trials.Value : Trials(temperature, hidden, seed)).FindLargest());
            tell(LabWords.Text($"T = {temperature:0.###}, {hidden} units, seed {seed}: stable to × {bisected[k].Multiple:0.##}"));
        }

        return new StabilityColumn(temperature, hidden, head.CurvatureStep, head.TargetShare, head.IsJudgeable, plan.Multiples, cells, bisected);
    }

    private StepTrials Trials(double temperature, int hidden, int seed)
    {
        NetworkOptions options = plan.Network(data, temperature, hidden);
        return new StepTrials(
            TwoLayerNetwork.Create<float>(options, seed), data.Set<float>(_rows), data.Set<double>(_rows), plan.Trials(), run.CancellationToken);
    }

    private sealed record ColumnHead(double CurvatureStep, double TargetShare, bool IsJudgeable);
}
