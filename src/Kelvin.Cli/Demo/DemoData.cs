using System.Reflection;
using Kelvin.Datasets;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Cli.Demo;

/// <summary>The built-in digits, split once for all of the demo and scaled to the unit sphere.</summary>
internal sealed class DemoData
{
    private const string Resource = "data/digits.csv.gz";
    private readonly Dataset _all;
    private readonly FeatureScaling _scaling;

    private DemoData(Dataset all, StratifiedSplit split)
    {
        _all = all;
        Split = split;
        Dataset train = all.Subset(split.Train);
        _scaling = FeatureScaling.Fit(train.Features, ScalingKind.UnitSphere);
    }

    /// <summary>Name of the data set.</summary>
    public string Name => _all.Name;

    public int Rows => _all.Rows;

    public int Features => _all.FeatureCount;

    public int Classes => _all.ClassCount;

    /// <summary>Which rows are for what: 60 % to train, 20 % to choose by, 20 % to measure on.</summary>
    public StratifiedSplit Split { get; }

    /// <summary>Reads the data from this program.</summary>
    public static DemoData Load(int seed)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        Dataset all = CsvDatasets.Read(stream, Resource);
        return new DemoData(all, StratifiedSplit.Make(all.Labels.Span, 0.6, 0.2, 0.2, seed));
    }

    /// <summary>The first <paramref name="count"/> training images of two digits, as many of each, with −1 and 1 as targets.</summary>
    public TrainingSet<double> Pair(int negative, int positive, int count)
    {
        ReadOnlyMemory<int> labels = _all.Labels;
        int[] Of(int digit) => [.. Split.Train.Where(row => labels.Span[row] == digit).Take(count / 2)];
        int[] rows = [.. Of(negative), .. Of(positive)];
        TrainingSet<double> images = Set<double>(rows);
        MatrixView<double> targets = MatrixView.Allocate<double>(rows.Length, 1);
        for (int i = 0; i < rows.Length; i++)
            targets[i, 0] = labels.Span[rows[i]] == positive ? 1 : -1;
        return TrainingSet.Regression<double>(images.Inputs, targets);
    }

    /// <summary>Some rows, every image divided by its length.</summary>
    public TrainingSet<T> Set<T>(ReadOnlySpan<int> rows)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        TrainingSet.From<T>(_scaling.Apply(_all.Subset(rows)));
}
