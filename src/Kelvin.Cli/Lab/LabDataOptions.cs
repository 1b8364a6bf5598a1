using System.CommandLine;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Training;
using Kelvin.Datasets;

namespace Kelvin.Cli.Lab;

/// <summary>The options by which an experiment is given its data: a built-in set, a CSV file, or a pair of IDX files.</summary>
/// <param name="otherwise">The built-in set that is taken when none is named.</param>
internal sealed class LabDataOptions(string otherwise)
{
    private readonly Option<string?> _data = Flags.Text(
        "--data", "NAME", $"Built-in set (digits, iris, wine, breast_cancer), CSV file, or IDX images. [default: {otherwise}]");

    private readonly Option<string?> _labels = Flags.Text(
        "--labels", "COLUMN", "Column of a CSV file's labels, by name or number; IDX: the file of labels.");

    /// <summary>Puts the options on a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_labels);
    }

    /// <summary>Reads the data that the command line names and deals them to three parts.</summary>
    /// <param name="run">The run; its seed deals the rows.</param>
    public LabData Load(LabRun run) => LabData.Of(Read(run), run.Seed);

    /// <summary>Reads the data that the command line names.</summary>
    public Dataset Read(LabRun run) =>
        Read(run.Host, run.Arguments.GetValue(_data) ?? otherwise, run.Arguments.GetValue(_labels));

    private static Dataset Read(CliHost host, string name, string? labels)
    {
        if (BuiltInData.TryRead(name) is { } builtIn)
            return builtIn;

        string path = host.FullPath(name);
        if (!File.Exists(path))
        {
            string built = $"Built in are {string.Join(", ", BuiltInData.Names)}; anything else is the path of a file.";
            string? nearest = NearestName.Of(name, BuiltInData.Names);
            throw new UsageException($"--data is '{name}', but there is no such file.", nearest is null ? built : $"Did you mean {nearest}? {built}");
        }

        try
        {
            string? labelFile = labels is null ? null : host.FullPath(labels);
            return File.Exists(labelFile)
                ? IdxDatasets.Read(path, labelFile)
                : CsvDatasets.Read(path, new CsvDatasetOptions { LabelColumn = labels });
        }
        catch (DatasetException refused)
        {
            throw DataFailure.Of(refused, host.ShortPath(refused.File));
        }
    }
}
