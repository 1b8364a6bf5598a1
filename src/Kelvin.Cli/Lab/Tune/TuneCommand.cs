using System.CommandLine;
using Kelvin.Cli.Frame;
using Kelvin.Datasets;
using Kelvin.Reports;

namespace Kelvin.Cli.Lab.Tune;

/// <summary><c>kelvin lab tune</c>: proposes step size, temperature and width for some data, and says what that saves.</summary>
internal sealed class TuneCommand : LabExperiment<TuneResult>
{
    private static readonly string[] Benchmark = ["digits", "wine", "breast_cancer"];

    private readonly LabDataOptions _data = new("iris");
    private readonly Option<bool> _grid = new("--grid") { Description = "Run the default grid search as well, and compare." };
    private readonly Option<bool> _benchmark = new("--benchmark")
    {
        Description = "Compare with the grid on digits, wine, breast_cancer and a fourth: --data, else Fashion-MNIST if installed, else iris.",
    };

    private readonly Option<int?> _seeds = Flags.WholeNumber("--seeds", "Seeds of the benchmark. [default: 5, quick: 2]", 1, 1000);

    public TuneCommand(CliHost host)
        : base(
            host,
            "tune",
            "Propose step size, temperature and width for your data from the kernel and short probes.",
            new CommandExample("kelvin lab tune --data wine", "Prints what to take, and what a grid search would have cost."),
            new CommandExample("kelvin lab tune --data own.csv --grid --html tune.html", "Runs the grid search too, and compares."),
            new CommandExample("kelvin lab tune --benchmark", "Measures the saving on four data sets over five seeds."))
    {
        _data.AddTo(this);
        foreach (Option option in new Option[] { _grid, _benchmark, _seeds })
            Options.Add(option);
    }

    protected override TuneResult Measure(LabRun run)
    {
        var plan = new TunePlan { Epochs = run.IsQuick ? 10 : 40 };
        if (!run.Arguments.GetValue(_benchmark))
            return new TuneResult(plan, false, string.Empty, [One(run, plan, _data.Read(run), run.Seed, run.Arguments.GetValue(_grid))]);

        string fourth = _data.Name(run) ?? (FashionMnist.IsInstalled ? FashionMnist.Name : "iris");
        string note = fourth switch
        {
            FashionMnist.Name => $"Fashion-MNIST: {FashionMnist.Rows} of the images in {FashionMnist.DebianFolder}, others for each seed.",
            "iris" => $"Fashion-MNIST is not in {FashionMnist.DebianFolder}: iris stands in for it. {FashionMnist.Remedy}",
            _ => string.Empty,
        };
        TuneOutcome[] outcomes =
        [
            .. from name in Benchmark.Append(fourth)
               from seed in run.Seeds(run.Arguments.GetValue(_seeds) ?? (run.IsQuick ? 2 : 5))
               select One(run, plan, _data.Read(run, name, seed), seed, withGrid: true),
        ];
        return new TuneResult(plan, true, note, outcomes);
    }

    protected override object Document(LabRun run, TuneResult result) => TuneDocument.Of(result);

    protected override ReportPage Page(LabRun run, TuneResult result) => TunePage.Of(result, run.Elapsed);

    protected override void Print(LabRun run, TuneResult result) => TuneText.Write(Host, result);

    /// <summary>Tunes on one data set and seed; the seed deals the rows as well.</summary>
    internal static TuneOutcome One(LabRun run, TunePlan plan, Dataset all, int seed, bool withGrid)
    {
        LabData data = LabData.Of(all, seed);
        TuneTrace tuned = new TuneSearch(run, plan, data, seed).Search();
        TuneTrace? grid = withGrid ? TuneGrid.Search(run, plan, data, seed) : null;
        return new TuneOutcome(all.Name, data.Split.Train.Length, seed, tuned, grid?.Cost ?? TuneGrid.Cost(plan, data), grid);
    }
}
