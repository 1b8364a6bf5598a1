using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Datasets;

/// <summary>Holds labelled examples: a row of numbers and a class for each.</summary>
public sealed class Dataset
{
    private readonly MatrixView<double> _features;
    private readonly int[] _labels;

    /// <summary>Takes over features and labels; nothing is copied.</summary>
    /// <param name="name">What people call the data.</param>
    /// <param name="features">Shape [rows, features].</param>
    /// <param name="labels">Shape [rows], each from 0 to the number of classes − 1.</param>
    /// <param name="featureNames">One name a feature.</param>
    /// <param name="classNames">One name a class, in the order of the labels.</param>
    /// <exception cref="ArgumentException">The sizes disagree, or a label has no class.</exception>
    public Dataset(
        string name, MatrixView<double> features, int[] labels, IReadOnlyList<string> featureNames, IReadOnlyList<string> classNames)
    {
        Require.Length<int>(labels, features.Rows);
        Require.That(featureNames.Count == features.Columns, $"There are {featureNames.Count} feature names for {features.Columns} features.", nameof(featureNames));
        Require.Labels(labels, classNames.Count);

        Name = name;
        _features = features;
        _labels = labels;
        FeatureNames = featureNames;
        ClassNames = classNames;
    }

    /// <summary>What people call the data.</summary>
    public string Name { get; }

    /// <summary>Number of examples.</summary>
    public int Rows => _labels.Length;

    /// <summary>Number of numbers that describe an example.</summary>
    public int FeatureCount => _features.Columns;

    /// <summary>Number of classes, whether or not each occurs.</summary>
    public int ClassCount => ClassNames.Count;

    /// <summary>The numbers, shape [Rows, FeatureCount].</summary>
    public ReadOnlyMatrixView<double> Features => _features;

    /// <summary>The classes, shape [Rows], each from 0 to ClassCount − 1.</summary>
    public ReadOnlyMemory<int> Labels => _labels;

    /// <summary>One name a feature.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>One name a class, in the order of the labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Copies the rows at <paramref name="indices"/> (from 0, in that order, repeats allowed) to a data set of their own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is not a row.</exception>
    public Dataset Subset(ReadOnlySpan<int> indices)
    {
        MatrixView<double> features = MatrixView.Allocate<double>(indices.Length, FeatureCount);
        int[] labels = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            Require.Index(indices[i], Rows, nameof(indices));
            _features.Row(indices[i]).CopyTo(features.Row(i));
            labels[i] = _labels[indices[i]];
        }

        return new Dataset(Name, features, labels, FeatureNames, ClassNames);
    }

    /// <summary>Copies the features in the precision <typeparamref name="T"/>, each rounded to nearest.</summary>
    public MatrixView<T> FeaturesAs<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixView<T> copy = MatrixView.Allocate<T>(Rows, FeatureCount);
        for (int i = 0; i < Rows; i++)
        {
            ReadOnlySpan<double> from = _features.Row(i);
            Span<T> to = copy.Row(i);
            for (int j = 0; j < from.Length; j++)
                to[j] = T.CreateTruncating(from[j]);
        }

        return copy;
    }

    /// <summary>The same examples with other numbers in the place of the features.</summary>
    internal Dataset WithFeatures(MatrixView<double> features) => new(Name, features, _labels, FeatureNames, ClassNames);
}
