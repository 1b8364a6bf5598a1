using System.CommandLine;
using Kelvin.Cli.Frame;
using Kelvin.Reports;

namespace Kelvin.Cli.Lab.Stability;

/// <summary><c>kelvin lab stability</c>: which steps train, at which temperature and width, by really training.</summary>
internal sealed class StabilityCommand : LabExperiment<StabilityResult>
{
    private readonly LabDataOptions _data = new("digits");
    private readonly Option<string?> _activation = new("--activation")
    {
        HelpName = "NAME",
        Description = "Hidden units: softmax, exp or relu. [default: softmax]",
    };

    private readonly Option<int?> _size = Flags.WholeNumber("--size", "Temperatures and steps of the map. [default: 12, quick: 6]", 2, 100);
    private readonly Option<string?> _journal = Flags.Text(
        "--journal", "FILE", "Keep what is done in FILE; the same command goes on from there, even after kill -9.");

    public StabilityCommand(CliHost host)
        : base(
            host,
            "stability",
            "Map which steps train, by temperature and width, and find the largest stable one.",
            new CommandExample("kelvin lab stability --quick", "Trains a small map on the digits in seconds."),
            new CommandExample("kelvin lab stability --journal map.journal --html map.html", "Trains 12 × 12 × 3 networks; may be interrupted and started again."),
            new CommandExample("kelvin lab stability --data own.csv --activation relu", "The same for ReLU on your own data."))
    {
        _data.AddTo(this);
        foreach (Option option in new Option[] { _activation, _size, _journal })
            Options.Add(option);
    }

    protected override StabilityResult Measure(LabRun run)
    {
        LabData data = _data.Load(run);
        StabilityPlan plan = Plan(run, data);
        return Journal.Use(run, run.Arguments.GetValue(_journal), plan, journal =>
        {
            StabilityColumn[] columns = new StabilityMap(run, plan, data, journal).Train();
            SharpnessCourse[] sharpness = new SharpnessRuns(run, plan, data, journal).Follow();
            return new StabilityResult(plan, columns, sharpness, new MechanismRuns(run, plan, data).Measure());
        });
    }

    protected override object Document(LabRun run, StabilityResult result) => StabilityDocument.Of(result);

    protected override ReportPage Page(LabRun run, StabilityResult result) => StabilityPage.Of(result, run.Elapsed);

    protected override void Print(LabRun run, StabilityResult result) => StabilityText.Write(Host, result);

    private StabilityPlan Plan(LabRun run, LabData data)
    {
        int size = run.Arguments.GetValue(_size) ?? (run.IsQuick ? 6 : 12);
        int rows = Math.Min(run.IsQuick ? 200 : 500, data.Split.Train.Length);
        return new StabilityPlan
        {
            Data = data.All.Name,
            Examples = StabilityMap.Checksum(data, rows),
            Activation = LabWords.Activation(run.Arguments.GetValue(_activation) ?? "softmax"),
            Temperatures = StabilityPlan.Logarithmic(0.25, 8, size),
            Multiples = StabilityPlan.Logarithmic(0.25, 16, size),
            Widths = run.IsQuick ? [32, 128] : [32, 128, 512],
            Rows = rows,
            MaxSteps = run.IsQuick ? 300 : 1000,
            Seed = run.Seed,
            BisectedSeeds = run.IsQuick ? 3 : 5,
            SharpnessProbes = run.IsQuick ? 8 : 24,
        };
    }
}
