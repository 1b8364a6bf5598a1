using System.Numerics;
using Kelvin.Cli.Frame;
using Kelvin.Datasets;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab;

/// <summary>The data of an experiment, dealt to three parts and brought to the unit sphere.</summary>
/// <remarks>
/// Features are standardised over the training rows and each row is then divided by its length, so that σ‖x‖/T is the same for every example and
/// the kernels of the theory compare.
/// </remarks>
internal sealed class LabData
{
    private readonly FeatureScaling _standard;
    private readonly FeatureScaling _sphere;

    private LabData(Dataset all, StratifiedSplit split)
    {
        All = all;
        Split = split;
        Dataset train = all.Subset(split.Train);
        _standard = FeatureScaling.Fit(train.Features, ScalingKind.Standard);
        _sphere = FeatureScaling.Fit(train.Features, ScalingKind.UnitSphere);
    }

    /// <summary>Every example, as read.</summary>
    public Dataset All { get; }

    /// <summary>Which rows are for what: 60 % to train, 20 % to choose by, 20 % to measure on.</summary>
    public StratifiedSplit Split { get; }

    public int Features => All.FeatureCount;

    public int Classes => All.ClassCount;

    /// <summary>Deals the rows by a seed.</summary>
    /// <exception cref="UsageException">There are too few rows or classes.</exception>
    public static LabData Of(Dataset all, int seed)
    {
        if (all.ClassCount < 2)
            throw new UsageException($"{all.Name} has {all.ClassCount} class, but an experiment needs at least 2.", "Name the column of the labels with --labels.");

        StratifiedSplit split = StratifiedSplit.Make(all.Labels.Span, 0.6, 0.2, 0.2, seed);
        return split.Train.Length > 0 && split.Validation.Length > 0 && split.Test.Length > 0
            ? new LabData(all, split)
            : throw new UsageException($"{all.Name} has {all.Rows} rows, too few to train, choose and measure on.", "Give at least five rows of each class.");
    }

    /// <summary>Some rows, scaled.</summary>
    public TrainingSet<T> Set<T>(ReadOnlySpan<int> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TrainingSet.From<T>(_sphere.Apply(_standard.Apply(All.Subset(rows))));

    /// <summary>The first training rows of each class in turn, at most <paramref name="count"/>: a smaller set with the same classes.</summary>
    public int[] FewTrainingRows(int count)
    {
        if (Split.Train.Length <= count)
            return Split.Train;

        ReadOnlyMemory<int> labels = All.Labels;
        IEnumerable<int> dealt = Split.Train
            .GroupBy(row => labels.Span[row])
            .SelectMany(rows => rows.Select((row, turn) => (row, turn)))
            .OrderBy(one => one.turn)
            .ThenBy(one => labels.Span[one.row])
            .Select(one => one.row);
        return [.. dealt.Take(count).Order()];
    }
}
