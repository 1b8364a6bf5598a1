using Kelvin.Cli.Frame;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Dynamics;

/// <summary>Mini-batch training: the expected loss as predicted, and the mean of real runs.</summary>
internal sealed record BatchCourse
{
    public required HiddenActivation Activation { get; init; }

    public required double LearningRate { get; init; }

    public required IReadOnlyList<int> Steps { get; init; }

    /// <summary>E[loss] under the kernel at the start.</summary>
    public required IReadOnlyList<double> Expected { get; init; }

    /// <summary>Loss without noise under the same kernel.</summary>
    public required IReadOnlyList<double> WithoutNoise { get; init; }

    /// <summary>Mean over real runs with its 95 % interval.</summary>
    public required IReadOnlyList<Estimate> Measured { get; init; }
}
