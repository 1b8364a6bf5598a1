using System.CommandLine;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Lab.Stability;
using Kelvin.Reports;
using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary><c>kelvin lab landscape</c>: softmax against exp and ReLU at matched kernels, and what normalisation does to getting stuck.</summary>
internal sealed class LandscapeCommand : LabExperiment<LandscapeResult>
{
    private readonly LabDataOptions _data = new("digits");
    private readonly Option<int?> _seeds = Flags.WholeNumber("--seeds", "Seeds to measure. [default: 12, quick: 4]", 3, 1000);
    private readonly Option<string?> _journal = Flags.Text(
        "--journal", "FILE", "Keep what is done in FILE; the same command goes on from there, even after kill -9.");

    public LandscapeCommand(CliHost host)
        : base(
            host,
            "landscape",
            "Compare softmax with exp and ReLU: stable steps, speed, failures, confusions, traps.",
            new CommandExample("kelvin lab landscape --quick", "Compares them on the digits over four seeds."),
            new CommandExample("kelvin lab landscape --html landscape.html", "Over twelve seeds, with a page of charts."))
    {
        _data.AddTo(this);
        Options.Add(_seeds);
        Options.Add(_journal);
    }

    protected override LandscapeResult Measure(LabRun run)
    {
        LabData data = _data.Load(run);
        LandscapePlan plan = Plan(run, data, run.Arguments.GetValue(_seeds));
        return Journal.Use(run, run.Arguments.GetValue(_journal), plan, journal => new LandscapeRuns(run, plan, data, journal).Measure());
    }

    protected override object Document(LabRun run, LandscapeResult result) => LandscapeDocument.Of(result);

    protected override ReportPage Page(LabRun run, LandscapeResult result) => LandscapePage.Of(result, run.Elapsed);

    protected override void Print(LabRun run, LandscapeResult result) => LandscapeText.Write(Host, result);

    /// <summary>The plan for some data.</summary>
    internal static LandscapePlan Plan(LabRun run, LabData data, int? seeds)
    {
        int rows = Math.Min(run.IsQuick ? 200 : 500, data.Split.Train.Length);
        bool isDigits = data.All.Name == "digits" && data.Classes == 10;
        return new LandscapePlan
        {
            Data = data.All.Name,
            Examples = StabilityMap.Checksum(data, rows),
            Rows = rows,
            Seed = run.Seed,
            Seeds = seeds ?? (run.IsQuick ? 4 : 12),
            SelectionSeeds = run.IsQuick ? 2 : 6,
            Hidden = run.IsQuick ? 64 : 128,
            StuckWidths = run.IsQuick ? [16] : [16, 64],
            Hard = run.IsQuick ? [.. HardSetting.All.Take(2)] : HardSetting.All,
            HardSeeds = run.IsQuick ? 4 : 24,
            HardRows = run.IsQuick ? 100 : 200,
            HardSteps = run.IsQuick ? 300 : 3000,
            MaxSteps = run.IsQuick ? 500 : 3000,
            TargetShare = run.IsQuick ? 0.2 : 0.1,
            Pairs = isDigits ? [new(3, 8), new(4, 9), new(1, 7)] : ClassPair.Nearest(data.Set<double>(data.FewTrainingRows(rows)), 3),
        };
    }
}
