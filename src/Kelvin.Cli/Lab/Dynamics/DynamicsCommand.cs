using System.CommandLine;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Lab.Ntk;
using Kelvin.Networks;
using Kelvin.Reports;
using Kelvin.Tangents;

namespace Kelvin.Cli.Lab.Dynamics;

/// <summary><c>kelvin lab dynamics</c>: training as the kernel at its start predicts it, against training.</summary>
internal sealed class DynamicsCommand : LabExperiment<DynamicsResult>
{
    private readonly LabDataOptions _data = new("digits");
    private readonly Option<int?> _rows = Flags.WholeNumber("--rows", "Examples to train on. [default: 60, quick: 40]", 2, 500);
    private readonly Option<int?> _hidden = Flags.WholeNumber("--hidden", "Hidden units, even. [default: 1024, quick: 256]", 2, 65_536);
    private readonly Option<double?> _step = Flags.NumberBetween("--step", "Step, as a share of the largest stable one. [default: 0.25]", 0, 100);
    private readonly Option<double?> _momentum = Flags.NumberBetween("--momentum", "Of the run that has it. [default: 0.9]", 0, 1);
    private readonly Option<double?> _targets = Flags.NumberBetween("--targets", "Size of the targets: large ones move the kernel. [default: 0.3]", 0, 1e6);
    private readonly Option<double?> _scale = Flags.NumberBetween("--scale", "σ of the starting weights. [default: 1]", 0, 100);
    private readonly Option<double?> _temperature = Flags.NumberBetween("--temperature", "T of the hidden units. [default: 1]", 0, 1e6);
    private readonly Option<int?> _batch = Flags.WholeNumber("--batch", "Examples in a mini-batch. [default: 8]", 1, 500);

    public DynamicsCommand(CliHost host)
        : base(
            host,
            "dynamics",
            "Predict training from the kernel at its start, then train and compare.",
            new CommandExample("kelvin lab dynamics --quick", "Softmax, exp and ReLU networks on the digits, in seconds."),
            new CommandExample("kelvin lab dynamics --targets 3 --html dynamics.html", "Demanding targets, and plots of where the prediction stops holding."),
            new CommandExample("kelvin lab dynamics --data own.csv --step 0.9", "Your own data, near the largest stable step."))
    {
        _data.AddTo(this);
        foreach (Option option in new Option[] { _rows, _hidden, _step, _momentum, _targets, _scale, _temperature, _batch })
            Options.Add(option);
    }

    protected override DynamicsResult Measure(LabRun run)
    {
        DynamicsPlan plan = Plan(run);
        if (plan.Hidden % 2 == 1)
            throw new UsageException($"--hidden is {plan.Hidden}, but the units start in pairs.", "Make it even.");

        KernelProblem problem = KernelProblem.Of(_data.Load(run), run.Arguments.GetValue(_rows) ?? (run.IsQuick ? 40 : 60), plan.Targets);
        if (plan.BatchSize > problem.Set.Rows)
            throw new UsageException($"--batch is {plan.BatchSize}, but there are {problem.Set.Rows} examples.", "Make it smaller, or --rows larger.");

        string? singular = TangentKernel.Compute(
            TwoLayerNetwork.Create<double>(problem.Network(HiddenActivation.Relu, plan.Hidden, plan.Scale, plan.Temperature), run.Seed), problem.Set.Inputs).Rank.Reason;
        DynamicsCourse[] courses = run.Do<DynamicsCourse>(
            "Predicting and training",
            [
                .. from activation in LabNetworks.Activations
                   from setting in plan.Settings
                   select (Func<DynamicsCourse>)(() => CourseRuns.Follow(
                       problem, plan, activation, setting.Share, setting.Momentum, run.Seed, run.CancellationToken)),
            ],
            course => LabWords.Text($"{LabWords.Of(course.Activation)}, step × {course.Share:0.##}: {DynamicsText.Why(course.Reason)}"));
        BatchCourse[] batches = run.Do<BatchCourse>(
            "Mini-batches",
            [.. LabNetworks.Activations.Select(activation => (Func<BatchCourse>)(() => BatchRuns.Follow(problem, plan, activation, run.Seed, run.CancellationToken)))]);
        return new DynamicsResult(problem, plan, singular, courses, batches);
    }

    protected override object Document(LabRun run, DynamicsResult result) => DynamicsDocument.Of(run, result);

    protected override ReportPage Page(LabRun run, DynamicsResult result) => DynamicsPage.Of(result, run);

    protected override void Print(LabRun run, DynamicsResult result) => DynamicsText.Write(Host, result);

    private DynamicsPlan Plan(LabRun run) => new()
    {
        Hidden = run.Arguments.GetValue(_hidden) ?? (run.IsQuick ? 256 : 1024),
        Steps = run.IsQuick ? 300 : 1000,
        Scale = run.Arguments.GetValue(_scale) ?? 1,
        Temperature = run.Arguments.GetValue(_temperature) ?? 1,
        Targets = run.Arguments.GetValue(_targets) ?? 0.3,
        StepShare = run.Arguments.GetValue(_step) ?? 0.25,
        Momentum = run.Arguments.GetValue(_momentum) ?? 0.9,
        Stride = run.IsQuick ? 15 : 25,
        BatchSize = run.Arguments.GetValue(_batch) ?? 8,
        BatchRuns = run.IsQuick ? 8 : 20,
        BatchSteps = run.IsQuick ? 200 : 600,
    };
}
