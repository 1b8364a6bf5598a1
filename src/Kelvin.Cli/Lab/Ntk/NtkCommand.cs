using System.CommandLine;
using Kelvin.Cli.Frame;
using Kelvin.Reports;

namespace Kelvin.Cli.Lab.Ntk;

/// <summary><c>kelvin lab ntk</c>: tangent kernels of networks, by activation and width, before and after training.</summary>
internal sealed class NtkCommand : LabExperiment<NtkResult>
{
    private const int MostRows = 1000;

    private readonly LabDataOptions _data = new("digits");
    private readonly Option<int?> _rows = Flags.WholeNumber("--rows", "Examples in the kernel. [default: 100, quick: 60]", 2, MostRows);
    private readonly Option<double?> _scale = Flags.NumberBetween("--scale", "σ of the starting weights. [default: 1]", 0, 100);
    private readonly Option<double?> _temperature = Flags.NumberBetween("--temperature", "T of the hidden units. [default: 1]", 0, 1e6);

    public NtkCommand(CliHost host)
        : base(
            host,
            "ntk",
            "Measure the tangent kernel: spectrum, distance to infinite width, drift.",
            new CommandExample("kelvin lab ntk --quick", "Kernels of softmax, exp and ReLU networks on the digits, in seconds."),
            new CommandExample("kelvin lab ntk --data wine --html ntk.html", "On wine, with plots of spectra and drift."),
            new CommandExample("kelvin lab ntk --data own.csv --scale 2", "Your own data, where the infinite-width kernel is out of reach."))
    {
        _data.AddTo(this);
        foreach (Option option in new Option[] { _rows, _scale, _temperature })
            Options.Add(option);
    }

    protected override NtkResult Measure(LabRun run)
    {
        KernelProblem problem = KernelProblem.Of(_data.Load(run), run.Arguments.GetValue(_rows) ?? (run.IsQuick ? 60 : 100));
        return NtkRuns.Measure(run, problem, new NtkPlan
        {
            Widths = run.IsQuick ? [64, 256, 1024] : [64, 256, 1024, 4096],
            Seeds = run.IsQuick ? 3 : 5,
            Scale = run.Arguments.GetValue(_scale) ?? 1,
            Temperature = run.Arguments.GetValue(_temperature) ?? 1,
            Steps = run.IsQuick ? 100 : 300,
        });
    }

    protected override object Document(LabRun run, NtkResult result) => NtkDocument.Of(run, result);

    protected override ReportPage Page(LabRun run, NtkResult result) => NtkPage.Of(result, run);

    protected override void Print(LabRun run, NtkResult result) => NtkText.Write(Host, result);
}
