using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Training.Config;
using Kelvin.Datasets;
using Kelvin.Networks;

namespace Kelvin.Cli.Training;

/// <summary>The examples of a run: read, dealt to three parts and brought to the scale of the training part.</summary>
/// <param name="All">Every example, as read.</param>
/// <param name="Train">What the network learns from.</param>
/// <param name="Validation">What stops it, chooses its weights and fits its temperature.</param>
/// <param name="Test">What it is measured on.</param>
internal sealed record TrainData(Dataset All, TrainingSet<float> Train, TrainingSet<float> Validation, TrainingSet<float> Test)
{
    /// <summary>Reads the data that a configuration names.</summary>
    /// <param name="host">Knows the current folder.</param>
    /// <param name="bound">The configuration, and where its keys stand.</param>
    public static TrainData Load(CliHost host, BoundConfig<TrainConfig> bound)
    {
        Dataset all = Read(host, bound);
        SplitConfig shares = bound.Value.Data.Split;
        StratifiedSplit split = StratifiedSplit.Make(all.Labels.Span, shares.Train, shares.Validation, shares.Test, shares.Seed);
        if (split.Train.Length == 0 || split.Validation.Length == 0 || split.Test.Length == 0)
        {
            throw bound.Error(
                "data.split",
                $"the split of {all.Rows} rows leaves {split.Train.Length} to train, {split.Validation.Length} to validate and {split.Test.Length} to test, but each part needs one.",
                "Give more rows, or other shares.");
        }

        Dataset train = all.Subset(split.Train);
        FeatureScaling scaling = FeatureScaling.Fit(train.Features, bound.Value.Data.Scaling);
        return new TrainData(
            all,
            TrainingSet.From<float>(scaling.Apply(train)),
            TrainingSet.From<float>(scaling.Apply(all.Subset(split.Validation))),
            TrainingSet.From<float>(scaling.Apply(all.Subset(split.Test))));
    }

    private static Dataset Read(CliHost host, BoundConfig<TrainConfig> bound)
    {
        DataConfig data = bound.Value.Data;
        if (BuiltInData.TryRead(data.Source) is { } builtIn)
            return builtIn;

        string folder = Path.GetDirectoryName(host.FullPath(bound.File))!;
        string path = Path.GetFullPath(data.Source, folder);
        if (!File.Exists(path) && !Directory.Exists(path))
            throw Missing(bound, "data.source", data.Source, path, BuiltInData.Names);
        try
        {
            if (Directory.Exists(path))
                return new HashedNgrams(data.TextFeatures).Apply(TextDatasets.ReadFolders(data.Source, ClassFolders(path), data.TextFiles));
            if (data.IdxLabels is null)
                return CsvDatasets.Read(path, Options(data));

            string labels = Path.GetFullPath(data.IdxLabels, folder);
            return File.Exists(labels)
                ? IdxDatasets.Read(path, labels)
                : throw Missing(bound, "data.idx_labels", data.IdxLabels, labels, []);
        }
        catch (DatasetException refused)
        {
            throw DataFailure.Of(refused, host.ShortPath(refused.File));
        }
    }

    /// <summary>A class for each folder within, by name.</summary>
    private static (string, IReadOnlyList<string>)[] ClassFolders(string path) =>
        [.. Directory.GetDirectories(path).Order(StringComparer.Ordinal).Select(folder => (Path.GetFileName(folder), (IReadOnlyList<string>)[folder]))];

    private static CsvDatasetOptions Options(DataConfig data) => new()
    {
        Header = data.Header,
        LabelColumn = data.LabelColumn,
        ClassNameColumn = data.ClassNameColumn,
        IgnoredColumns = data.IgnoreColumns,
        Delimiter = data.Delimiter?[0],
    };

    private static UsageException Missing(
        BoundConfig<TrainConfig> bound, string key, string written, string path, IReadOnlyList<string> names)
    {
        string what = Directory.Exists(path) ? $"{key} is {written}, which is a folder" : $"{key} is {written}, but there is no such file";
        string? nearest = NearestName.Of(written, names);
        string hint = nearest is not null
            ? $"Did you mean {nearest}?"
            : $"Looked for {path}; paths start at the folder of {bound.File}{(names.Count > 0 ? $". Built in are {string.Join(", ", names)}" : string.Empty)}.";
        return bound.Error(key, what + ".", hint);
    }
}
