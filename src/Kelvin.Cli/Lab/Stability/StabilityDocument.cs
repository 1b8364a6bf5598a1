using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Stability;

/// <summary>The JSON of <c>kelvin lab stability</c>.</summary>
internal sealed record StabilityDocument
{
    public string Schema { get; } = "kelvin.lab.stability/1";

    public required string Data { get; init; }

    public required int Rows { get; init; }

    public required int Seed { get; init; }

    public required HiddenActivation Activation { get; init; }

    public required int MaxSteps { get; init; }

    public required IReadOnlyList<double> Multiples { get; init; }

    /// <summary>Columns compared, and those of them in which map and bisection agree within one cell.</summary>
    public required AgreementFacts Agreement { get; init; }

    public required IReadOnlyList<ColumnFacts> Columns { get; init; }

    public required IReadOnlyList<CourseFacts> Sharpness { get; init; }

    public required IReadOnlyList<MechanismPoint> Mechanisms { get; init; }

    internal sealed record CourseFacts(
        HiddenActivation Activation,
        double Multiple,
        double LearningRate,
        double Growth,
        IReadOnlyList<int> Steps,
        IReadOnlyList<double> Sharpness,
        IReadOnlyList<double> ShareOfEdge,
        IReadOnlyList<double> Loss);

    internal sealed record AgreementFacts(int Compared, int WithinOneCell);

    internal sealed record ColumnFacts(
        double Temperature,
        int Hidden,
        double CurvatureStep,
        double TargetShare,
        bool Judgeable,
        double Frontier,
        Estimate LargestStable,
        double CellsApart,
        IReadOnlyList<StableStepResult> Bisected,
        IReadOnlyList<DescentResult> Cells);

    public static StabilityDocument Of(StabilityResult result) => new()
    {
        Data = result.Plan.Data,
        Rows = result.Plan.Rows,
        Seed = result.Plan.Seed,
        Activation = result.Plan.Activation,
        MaxSteps = result.Plan.MaxSteps,
        Multiples = result.Plan.Multiples,
        Agreement = new AgreementFacts(result.Compared, result.Agreeing),
        Columns =
        [
            .. result.Columns.Select(column => new ColumnFacts(
                column.Temperature,
                column.Hidden,
                column.CurvatureStep,
                column.TargetShare,
                column.IsJudgeable,
                column.Frontier,
                column.LargestStable,
                column.CellsApart,
                column.Bisected,
                column.Cells)),
        ],
        Sharpness =
        [
            .. result.Sharpness.Select(course => new CourseFacts(
                course.Activation,
                course.Multiple,
                course.LearningRate,
                course.Growth,
                course.Steps,
                course.Sharpness,
                course.ShareOfEdge,
                course.Loss)),
        ],
        Mechanisms = result.Mechanisms,
    };
}
