using System.Numerics;
using Kelvin.Datasets;
using Kelvin.Linear;

namespace Kelvin.Networks;

/// <summary>Makes the examples that a network is trained or validated on.</summary>
public static class TrainingSet
{
    /// <summary>Examples with a class each.</summary>
    /// <param name="inputs">X, shape n × d, n ≥ 1, finite. Not copied.</param>
    /// <param name="labels">n classes, 0 or greater. Not copied.</param>
    /// <exception cref="ArgumentException">There is no row, the sizes disagree, a label is negative, or an input is NaN or infinite.</exception>
    public static TrainingSet<T> Classification<T>(ReadOnlyMatrixView<T> inputs, ReadOnlyMemory<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.Length(labels.Span, inputs.Rows);
        Require.Labels(labels.Span, int.MaxValue);
        return new TrainingSet<T>(inputs, labels, default);
    }

    /// <summary>Examples with real-valued targets.</summary>
    /// <param name="inputs">X, shape n × d, n ≥ 1, finite. Not copied.</param>
    /// <param name="targets">Y, shape n × d_out, finite. Not copied.</param>
    /// <exception cref="ArgumentException">There is no row, the sizes disagree, or an entry is NaN or infinite.</exception>
    public static TrainingSet<T> Regression<T>(ReadOnlyMatrixView<T> inputs, ReadOnlyMatrixView<T> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.SameShape(inputs.Rows, targets.Columns, targets.Rows, targets.Columns, nameof(targets));
        RequireFinite(targets, nameof(targets));
        return new TrainingSet<T>(inputs, default, targets);
    }

    /// <summary>A labelled data set in the precision <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentException">The data set is empty, or a feature is NaN or infinite.</exception>
    public static TrainingSet<T> From<T>(Dataset dataset)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Classification<T>(dataset.FeaturesAs<T>(), dataset.Labels);
    }

    internal static void RequireFinite<T>(ReadOnlyMatrixView<T> matrix, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < matrix.Rows; i++)
        {
            ReadOnlySpan<T> row = matrix.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                if (!T.IsFinite(row[j]))
                {
                    throw new ArgumentException(
                        FormattableString.Invariant(
                            $"{name}[{i}, {j}] is {row[j]}, but must be finite to train on; remove the row or fill the value in."),
                        name);
                }
            }
        }
    }
}
