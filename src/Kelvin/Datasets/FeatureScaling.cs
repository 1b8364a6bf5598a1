using Kelvin.Linear;
using Kelvin.Statistics;

namespace Kelvin.Datasets;

/// <summary>Brings features to one scale, the same for every part of the data: fitted on training rows, applied to all.</summary>
/// <remarks>x ← (x − offset)/divisor for each feature, or x ← x/‖x‖ for each row. Values outside the training range are not clipped.</remarks>
public sealed class FeatureScaling
{
    private readonly double[] _offsets;
    private readonly double[] _divisors;

    private FeatureScaling(ScalingKind kind, double[] offsets, double[] divisors)
    {
        Kind = kind;
        _offsets = offsets;
        _divisors = divisors;
    }

    /// <summary>How the features are scaled.</summary>
    public ScalingKind Kind { get; }

    /// <summary>What is subtracted from each feature.</summary>
    public IReadOnlyList<double> Offsets => _offsets;

    /// <summary>What each feature is then divided by, greater than 0.</summary>
    public IReadOnlyList<double> Divisors => _divisors;

    /// <summary>Learns offsets and divisors from training rows.</summary>
    /// <param name="features">Shape [rows, features], at least one row, finite.</param>
    /// <param name="kind">How to scale.</param>
    /// <remarks>Cost: one pass over the features. The data are not changed.</remarks>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static FeatureScaling Fit(ReadOnlyMatrixView<double> features, ScalingKind kind)
    {
        Require.That(features.Rows > 0, "There is no row to learn a scale from.", nameof(features));

        double[] offsets = new double[features.Columns];
        double[] divisors = new double[features.Columns];
        for (int j = 0; j < features.Columns; j++)
        {
            var moments = new Moments();
            for (int i = 0; i < features.Rows; i++)
                moments.Add(features[i, j]);
            (offsets[j], double spread) = kind switch
            {
                ScalingKind.Standard => (moments.Mean, moments.PopulationStandardDeviation),
                ScalingKind.UnitRange => (moments.Minimum, moments.Maximum - moments.Minimum),
                _ => (0, 1),
            };
            divisors[j] = spread > 0 ? spread : 1;
        }

        return new FeatureScaling(kind, offsets, divisors);
    }

    /// <summary>Scales the rows in place.</summary>
    /// <exception cref="ArgumentException">There are more or fewer features than were fitted.</exception>
    public void Apply(MatrixView<double> features)
    {
        Require.That(features.Columns == _offsets.Length, $"There are {features.Columns} features, but the scale was fitted on {_offsets.Length}.", nameof(features));
        for (int i = 0; i < features.Rows; i++)
        {
            if (Kind == ScalingKind.UnitSphere)
                ToUnitLength(features.Row(i));
            else if (Kind != ScalingKind.None)
                Shift(features.Row(i));
        }
    }

    /// <summary>Scales a copy of the data; the labels are shared.</summary>
    /// <exception cref="ArgumentException">There are more or fewer features than were fitted.</exception>
    public Dataset Apply(Dataset dataset)
    {
        MatrixView<double> features = dataset.FeaturesAs<double>();
        Apply(features);
        return dataset.WithFeatures(features);
    }

    private static void ToUnitLength(Span<double> row)
    {
        double largest = 0;
        foreach (double x in row)
            largest = Math.Max(largest, Math.Abs(x));
        if (largest == 0)
            return;

        double sum = 0;
        foreach (double x in row)
            sum += x / largest * (x / largest);
        double norm = largest * Math.Sqrt(sum);
        for (int j = 0; j < row.Length; j++)
            row[j] /= norm;
    }

    private void Shift(Span<double> row)
    {
        for (int j = 0; j < row.Length; j++)
            row[j] = (row[j] - _offsets[j]) / _divisors[j];
    }
}
