using Kelvin.Transformers.Generation;

namespace Kelvin.Cli.Generation;

/// <summary>What was generated.</summary>
/// <param name="Plan">What was asked for.</param>
/// <param name="Sequences">One for each request, in their order.</param>
/// <param name="Seconds">How long it took, prompts included.</param>
internal sealed record GenerationResult(GenerationPlan Plan, IReadOnlyList<GeneratedSequence> Sequences, double Seconds)
{
    public GenerationQuality Quality { get; } = GenerationQuality.Of([.. Sequences]);

    /// <summary>Mean |H − target| over the tokens that reached it; null unless the policy is a target entropy.</summary>
    public double? Deviation { get; } = Plan.Policy.TargetEntropy is double target ? GenerationQuality.MeanDeviation(Sequences, target) : null;

    /// <summary>The same beside fixed temperatures; empty unless it was asked for.</summary>
    public IReadOnlyList<ComparedPolicy> Comparison { get; init; } = [];

    public GenerationPrompt PromptOf(int sequence) => Plan.Prompts[sequence / Plan.Samples];
}
