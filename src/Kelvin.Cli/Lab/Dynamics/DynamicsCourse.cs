using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Cli.Lab.Dynamics;

/// <summary>One training run and what was predicted of it.</summary>
internal sealed record DynamicsCourse
{
    public required HiddenActivation Activation { get; init; }

    /// <summary>Step as a share of the largest stable one.</summary>
    public required double Share { get; init; }

    public required double Momentum { get; init; }

    public required double LearningRate { get; init; }

    /// <summary>What the check said before training.</summary>
    public required bool SaidYes { get; init; }

    public required string Said { get; init; }

    /// <summary>Largest relative error of the predicted loss.</summary>
    public required double LargestError { get; init; }

    /// <summary>The first step at which it was over the tolerance; null if none.</summary>
    public required int? FirstOff { get; init; }

    public required PredictionEnd Reason { get; init; }

    public required string Explanation { get; init; }

    /// <summary>‖F predicted − F real‖/‖F real − F at the start‖ at points not trained on, when training ended.</summary>
    public required double TestError { get; init; }

    /// <summary>‖H − H₀‖/‖H₀‖ at the last kernel of the real run.</summary>
    public required double KernelChange { get; init; }

    /// <summary>Steps of the curves below, at about equal ratios.</summary>
    public required IReadOnlyList<int> Steps { get; init; }

    public required IReadOnlyList<double> Real { get; init; }

    /// <summary>From the kernel at the start.</summary>
    public required IReadOnlyList<double> Predicted { get; init; }

    /// <summary>From kernels along the predicted path.</summary>
    public required IReadOnlyList<double> Relinearised { get; init; }

    /// <summary>ηκλ_max/(2(1 + μ)) of the real run's kernels, largest.</summary>
    public required double LargestEdge { get; init; }
}
