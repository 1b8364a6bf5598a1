namespace Kelvin.Cli.Lab.Dynamics;

/// <summary>What <c>kelvin lab dynamics</c> trains.</summary>
internal sealed record DynamicsPlan
{
    public required int Hidden { get; init; }

    public required int Steps { get; init; }

    /// <summary>σ of the starting weights.</summary>
    public required double Scale { get; init; }

    /// <summary>T of the hidden units.</summary>
    public required double Temperature { get; init; }

    /// <summary>Size of the targets.</summary>
    public required double Targets { get; init; }

    /// <summary>The step of the two careful runs, as a share of the stable one.</summary>
    public required double StepShare { get; init; }

    /// <summary>μ of the run with momentum.</summary>
    public required double Momentum { get; init; }

    /// <summary>The predicted path is linearised anew every so many steps.</summary>
    public required int Stride { get; init; }

    /// <summary>Examples in a mini-batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Real mini-batch runs whose mean is compared.</summary>
    public required int BatchRuns { get; init; }

    /// <summary>Steps of the mini-batch runs.</summary>
    public required int BatchSteps { get; init; }

    /// <summary>Relative error of a loss that still counts as predicted.</summary>
    public double Tolerance { get; init; } = 0.05;

    /// <summary>The runs of each activation: step as a share of the stable one, and momentum.</summary>
    public IReadOnlyList<(double Share, double Momentum)> Settings => [(StepShare, 0), (StepShare, Momentum), (0.9, 0), (1.2, 0)];
}
