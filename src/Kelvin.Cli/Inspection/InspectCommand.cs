using System.CommandLine;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Inspection;
using Kelvin.Inspection.Inputs;
using Kelvin.Inspection.Onnx;
using Kelvin.Inspection.Pages;
using Kelvin.Reports;

namespace Kelvin.Cli.Inspection;

/// <summary><c>kelvin inspect PATH</c>: the vitals of every softmax of a model.</summary>
internal sealed class InspectCommand : KelvinCommand
{
    private readonly Argument<string> _path = new("PATH") { Description = "A model: a folder with config.json and safetensors, or an .onnx file." };
    private readonly Option<string[]> _inputs = new("--input")
    {
        HelpName = "FILE",
        Description = "What it is run on. Of a folder: a text, or .json with an array of token ids. Of ONNX: .npy, .pb (TensorProto) or .json (tensors by name); NAME=FILE says which. May be repeated. [default: generated]",
    };

    private readonly TextFlags _text = new();

    private readonly Option<string[]> _dimensions = new("--dim")
    {
        HelpName = "NAME=N",
        Description = "ONNX: size of an open dimension, for generated inputs. May be repeated.",
    };

    private readonly Option<bool> _json = Flags.Json();
    private readonly Option<string?> _html = Flags.Text("--html", "FILE", "Write a report as a self-contained page.");

    public InspectCommand(CliHost host)
        : base(
            host,
            "inspect",
            "Look at every softmax of a model: entropy, largest logits, heads that have stopped.",
            new CommandExample("kelvin inspect my-llama --text \"Once upon a time\"", "Runs the text through a checkpoint, layer by layer."),
            new CommandExample("kelvin inspect attention.onnx", "Runs the model on generated inputs and prints the vitals of each softmax."),
            new CommandExample("kelvin inspect encoder.onnx --dim batch=1 --dim seq=16", "Gives the open dimensions of its inputs a size."),
            new CommandExample("kelvin inspect attention.onnx --input x.json --html heads.html", "Takes the inputs from a file and draws layers by heads."))
    {
        Arguments.Add(_path);
        foreach (Option option in (Option[])[.. _text.All, _inputs, _dimensions, Settings.Seed.CreateOption(), Settings.Threads.CreateOption(), _json, _html])
            Options.Add(option);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        SettingsFile settings = SettingsFile.Read(Host);
        string path = arguments.GetValue(_path)!;
        int seed = Settings.Seed.Resolve(arguments, Host, settings).Value;
        int threads = Settings.Threads.Resolve(arguments, Host, settings).Value;
        string? html = arguments.GetValue(_html);
        if (html is not null)
            AtomicFile.CheckWritable(Host.FullPath(html), html);

        string[] inputs = arguments.GetValue(_inputs) ?? [];
        string[] dimensions = arguments.GetValue(_dimensions) ?? [];
        InspectionReport report;
        if (CheckpointInspection.IsMeant(Host, path))
        {
            if (dimensions.Length > 0)
                throw new UsageException($"--dim is for ONNX models, and {path} is none.", "Leave it out.");
            report = CheckpointInspection.Run(Host, path, _text.Read(arguments, inputs), seed, threads, cancellationToken);
        }
        else
        {
            _text.RefuseFor(arguments, path);
            report = Inspect(path, new OnnxInspectionOptions { Inputs = [.. inputs.Select(Input)], Dimensions = Dimensions(dimensions), Seed = seed, Threads = threads }, cancellationToken);
        }

        if (html is not null)
            AtomicFile.WriteText(Host.FullPath(html), HtmlReport.Render(InspectionPage.Of(report)));
        if (arguments.GetValue(_json))
            JsonOutput.Print(Host, InspectionDocument.Of(report));
        else
            InspectionView.Write(Host, report);
        return Task.FromResult(ExitCode.Good);
    }

    private InspectionReport Inspect(string path, OnnxInspectionOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return OnnxInspector.Inspect(Host.FullPath(path), path, options, cancellationToken);
        }
        catch (InspectionException refused)
        {
            throw new UsageException(refused.Problem, refused.Remedy, refused);
        }
    }

    private InputSource Input(string given)
    {
        // A path may hold the sign itself; it is a name only if no such file is there.
        int sign = File.Exists(Host.FullPath(given)) ? -1 : given.IndexOf('=', StringComparison.Ordinal);
        string file = given[(sign + 1)..];
        return InputSource.File(Host.FullPath(file), file, sign < 0 ? "" : given[..sign]);
    }

    private static Dictionary<string, int> Dimensions(string[] given)
    {
        var dimensions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string pair in given)
        {
            int sign = pair.LastIndexOf('=');
            if (sign <= 0 || Values.WholeNumber(pair[(sign + 1)..], 1, 1_000_000) is not { } size)
                throw new UsageException($"--dim is '{pair}', but must be NAME=N with N from 1 to 1000000.", "Write --dim batch=1.");
            dimensions[pair[..sign]] = size;
        }

        return dimensions;
    }
}
