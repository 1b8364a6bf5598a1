using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Statistics;
using Kelvin.Temperatures;

namespace Kelvin.Cli.Demo;

/// <summary>The document demo.json; docs/demo.md says what each key means.</summary>
internal sealed record DemoAnswer
{
    public string Schema { get; } = "kelvin.demo/1";

    public required bool Quick { get; init; }

    public required int Seed { get; init; }

    public required DataFacts Data { get; init; }

    public required IReadOnlyList<FindingFacts> Findings { get; init; }

    public required CaughtFacts Caught { get; init; }

    public required IReadOnlyList<RunFacts> Runs { get; init; }

    public required IReadOnlyList<MechanismFacts> Mechanisms { get; init; }

    public required IReadOnlyList<KernelFacts> Kernels { get; init; }

    public required IReadOnlyList<AccuracyFacts> Accuracy { get; init; }

    public required CalibrationFacts BestNetwork { get; init; }

    public required CalibrationFacts OverconfidentNetwork { get; init; }

    /// <summary>The built-in language model's answers, a policy an entry.</summary>
    public required IReadOnlyList<AnswerFacts> Answers { get; init; }

    /// <summary>The only part that depends on the machine and its clock.</summary>
    public required ElapsedFacts Elapsed { get; init; }

    internal sealed record DataFacts(string Name, int Rows, int Features, int Classes, int TrainRows, int ValidationRows, int TestRows);

    internal sealed record FindingFacts(string Id, string Claim, string Verdict, string Condition, string Detail);

    internal sealed record CaughtFacts(int WentWrong, int CaughtInTime, int Missed, int SafeRuns, int FalseAlarms);

    internal sealed record RunFacts(
        HiddenActivation Activation,
        StepRegime Step,
        int Seed,
        double LearningRate,
        long Steps,
        RunEnding Ending,
        long? EndingStep,
        string? Incident,
        long? IncidentStep,
        long? Lead,
        bool IsCaught,
        int Incidents,
        double FirstLoss,
        double BestLoss,
        double LastLoss,
        double TestAccuracy);

    internal sealed record MechanismFacts(
        HiddenActivation Activation,
        Estimate StableStep,
        Estimate OutputGrowth,
        Estimate LossGrowth,
        double? OverflowsFrom,
        double? LargestShareOfBound,
        Estimate HiddenSpreadBefore,
        Estimate HiddenSpreadAfter,
        Estimate OutputSpreadAfter,
        Estimate GradientSpreadBefore,
        Estimate GradientSpreadAfter,
        Estimate MedianRoughness,
        Estimate LargestRoughness);

    internal sealed record AnswerFacts(
        string Policy, double? TargetEntropy, int Questions, double Accuracy, Interval AccuracyInterval, double MeanEntropy, double EntropyDeviation, double NegativeLogLikelihood, int Unreachable);

    internal sealed record KernelFacts(
        HiddenActivation Activation,
        int Width,
        int Seed,
        double LearningRate,
        double SmallestEigenvalue,
        double LargestEigenvalue,
        bool IsTrusted,
        bool IsPredicted,
        double LargestError,
        int? FirstOff,
        double Drift);

    internal sealed record AccuracyFacts(
        HiddenActivation Activation,
        double LearningRate,
        double ValidationAccuracy,
        double TestAccuracy,
        Interval TestInterval,
        IReadOnlyList<double> TestAccuracies,
        int Incidents);

    internal sealed record CalibrationFacts(
        HiddenActivation Activation,
        CalibrationOutcome Outcome,
        double Temperature,
        int CalibrationRows,
        int TestRows,
        double Accuracy,
        MetricChange Ece,
        MetricChange Nll,
        MetricChange Brier);

    internal sealed record ElapsedFacts(double Seconds, int Threads);
}
