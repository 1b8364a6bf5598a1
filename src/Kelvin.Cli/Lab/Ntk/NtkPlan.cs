namespace Kelvin.Cli.Lab.Ntk;

/// <summary>What <c>kelvin lab ntk</c> computes.</summary>
internal sealed record NtkPlan
{
    public required IReadOnlyList<int> Widths { get; init; }

    /// <summary>Networks a point.</summary>
    public required int Seeds { get; init; }

    /// <summary>σ of the starting weights.</summary>
    public required double Scale { get; init; }

    /// <summary>T of the hidden units.</summary>
    public required double Temperature { get; init; }

    /// <summary>Steps of gradient descent after which the drift is measured.</summary>
    public required int Steps { get; init; }

    /// <summary>The step, as a share of 2/(κλ_max).</summary>
    public double StepShare { get; init; } = 0.25;
}
