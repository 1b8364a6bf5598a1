using System.CommandLine;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Datasets;
using Kelvin.Reports;
using Kelvin.Temperatures;

namespace Kelvin.Cli.Calibration;

/// <summary><c>kelvin calibrate FILE</c>: fits a temperature to logits and labels and says what it is worth.</summary>
internal sealed class CalibrateCommand : KelvinCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "CSV file (.gz too): a label (from 0) and the logit of each class in every row." };
    private readonly Option<string?> _labels = Flags.Text("--labels", "COLUMN", "Column of the labels, by name or number. [default: label, else the last]");
    private readonly Option<string?> _split = Flags.Text(
        "--split", "COLUMN", "Column that says calibration or test. [default: split if there is one, else halves dealt at random]");
    private readonly Option<bool> _fitAll = new("--fit-all") { Description = "Fit and measure on all rows; flatters the result." };
    private readonly Option<int?> _bins = Flags.WholeNumber("--bins", "Bins of confidence. [default: 15]", 2, 1000);
    private readonly Option<double?> _level = Flags.NumberBetween("--level", "Confidence of the intervals. [default: 0.95]", 0.5, 1);
    private readonly Option<int?> _resamples = Flags.WholeNumber("--resamples", "Bootstrap samples behind each interval. [default: 1000]", 100, 100_000);
    private readonly Option<bool> _json = Flags.Json();
    private readonly Option<string?> _html = Flags.Text("--html", "FILE", "Write a report as a self-contained page.");

    public CalibrateCommand(CliHost host)
        : base(
            host,
            "calibrate",
            "Fit the temperature that makes a classifier's probabilities mean what they say.",
            new CommandExample("kelvin calibrate digits-logits-over.csv.gz", "Prints the temperature, what it gains, and a reliability diagram."),
            new CommandExample("kelvin calibrate logits.csv --labels y --html calibration.html", "Takes the labels from column y and writes a page to show around."))
    {
        Arguments.Add(_file);
        foreach (Option option in new Option[] { _labels, _split, _fitAll, _bins, _level, _resamples, Settings.Seed.CreateOption(), _json, _html })
            Options.Add(option);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = arguments.GetValue(_file)!;
        int seed = Settings.Seed.Resolve(arguments, Host, SettingsFile.Read(Host)).Value;
        var columns = new LogitTableOptions { LabelColumn = arguments.GetValue(_labels), SplitColumn = arguments.GetValue(_split) };
        LogitParts table = LogitParts.Read(Host, path, columns, arguments.GetValue(_fitAll), seed);
        cancellationToken.ThrowIfCancellationRequested();

        CalibrationReport report = CalibrationReport.Compare(
            table.Fit.Logits,
            table.Fit.Labels.Span,
            table.Test.Logits,
            table.Test.Labels.Span,
            arguments.GetValue(_bins) ?? 15,
            arguments.GetValue(_resamples) ?? 1000,
            seed,
            arguments.GetValue(_level) ?? 0.95);
        cancellationToken.ThrowIfCancellationRequested();

        if (arguments.GetValue(_html) is { } html)
            AtomicFile.WriteText(Host.FullPath(html), HtmlReport.Render(CalibrationPage.Of(path, table, report)));
        if (arguments.GetValue(_json))
            JsonOutput.Print(Host, CalibrationAnswer.Of(path, table, report));
        else
            CalibrationView.Write(Host, table, report);
        return Task.FromResult(report.Fit.Outcome == CalibrationOutcome.Interior ? ExitCode.Good : ExitCode.No);
    }
}
