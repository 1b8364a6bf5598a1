using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>The targets of a set under the squared loss.</summary>
internal static class SquaredTargets
{
    /// <summary>Y, shape n × d_out: the targets, or one-hot rows where there are labels.</summary>
    public static ReadOnlyMatrixView<double> Of(TrainingSet<double> set, int outputs)
    {
        if (!set.HasLabels)
            return set.Targets;

        MatrixView<double> targets = MatrixView.Allocate<double>(set.Rows, outputs);
        for (int i = 0; i < set.Rows; i++)
            targets[i, set.Labels.Span[i]] = 1;
        return targets;
    }
}
