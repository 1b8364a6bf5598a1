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
        "--data", "NAME", $"Built-in set (digits, iris, wine, breast_cancer), fashion-mnist if installed, CSV file, or IDX images. [default: {otherwise}]");

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
    /// <param name="run">The run; its seed draws the images of a subset.</param>
    public Dataset Read(LabRun run) => Read(run, Name(run) ?? otherwise, run.Seed);

    /// <summary>What the command line names; null for nothing.</summary>
    public string? Name(LabRun run) => run.Arguments.GetValue(_data);

    /// <summary>Reads some data by name.</summary>
    /// <param name="run">The run; its command line says where the labels are.</param>
    /// <param name="name">A built-in set, <c>fashion-mnist</c>, or a file.</param>
    /// <param name="seed">Draws the images of a subset.</param>
    public Dataset Read(LabRun run, string name, int seed) => Read(run.Host, name, run.Arguments.GetValue(_labels), seed);

    private static Dataset Read(CliHost host, string name, string? labels, int seed)
    {
        if (BuiltInData.TryRead(name) is { } builtIn)
            return builtIn;

        if (name == FashionMnist.Name)
            return Fashion(seed);

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

    private static Dataset Fashion(int seed)
    {
        try
        {
            return FashionMnist.TryRead(seed) ?? throw new UsageException($"Fashion-MNIST is not in {FashionMnist.DebianFolder}.", FashionMnist.Remedy);
        }
        catch (DatasetException refused)
        {
            throw DataFailure.Of(refused, refused.File);
        }
    }
}
