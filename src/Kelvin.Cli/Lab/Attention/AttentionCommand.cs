using System.CommandLine;
using Kelvin.Cli.Frame;
using Kelvin.Reports;

namespace Kelvin.Cli.Lab.Attention;

/// <summary><c>kelvin lab attention</c>: one layer of self-attention in training, its kernel, its entropy and its steps, by normaliser.</summary>
internal sealed class AttentionCommand : LabExperiment<AttentionResult>
{
    private readonly Option<string?> _task = Flags.Text("--task", "NAME", "emma (vowel or not in Austen's Emma) or recall (a key's sign). [default: emma]");
    private readonly Option<int?> _rows = Flags.WholeNumber("--rows", "Sequences to train on. [default: 32]", 4, 256);
    private readonly Option<int?> _width = Flags.WholeNumber("--width", "Width of the layer. [default: 16]", 2, 256);
    private readonly Option<int?> _seeds = Flags.WholeNumber("--seeds", "Layers of each kind. [default: 12, quick: 10]", 2, 1000);

    public AttentionCommand(CliHost host)
        : base(
            host,
            "attention",
            "Measure how far the theory carries to a layer of self-attention.",
            new CommandExample("kelvin lab attention --quick", "Softmax, ReLU and linear attention on Austen's Emma."),
            new CommandExample("kelvin lab attention --task recall --html attention.html", "On a task that needs attention, with plots."))
    {
        foreach (Option option in new Option[] { _task, _rows, _width, _seeds })
            Options.Add(option);
    }

    protected override AttentionResult Measure(LabRun run) => AttentionRuns.Measure(run, new AttentionPlan
    {
        Task = run.Arguments.GetValue(_task) ?? "emma",
        Sequences = run.Arguments.GetValue(_rows) ?? 32,
        TestSequences = 200,
        Width = run.Arguments.GetValue(_width) ?? 16,
        Seeds = run.Arguments.GetValue(_seeds) ?? (run.IsQuick ? 10 : 12),
        Steps = run.IsQuick ? 128 : 1024,
        Budget = run.IsQuick ? 64 : 300,
    });

    protected override object Document(LabRun run, AttentionResult result) => AttentionDocument.Of(run, result);

    protected override ReportPage Page(LabRun run, AttentionResult result) => AttentionPage.Of(run, result);

    protected override void Print(LabRun run, AttentionResult result) => AttentionText.Write(Host, result);
}
