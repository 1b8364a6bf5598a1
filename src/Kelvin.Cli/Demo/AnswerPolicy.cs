using Kelvin.Statistics;
using Kelvin.Transformers.Generation;

namespace Kelvin.Cli.Demo;

/// <summary>The built-in model's answers to the same questions under one temperature policy.</summary>
/// <param name="Words">What to call the policy.</param>
/// <param name="IsRight">For each question whether the answer was right to the character.</param>
/// <param name="Quality">Entropies and likelihood over all tokens.</param>
internal sealed record AnswerPolicy(string Words, IReadOnlyList<bool> IsRight, GenerationQuality Quality)
{
    public double Accuracy => (double)IsRight.Count(right => right) / IsRight.Count;

    public Interval AccuracyInterval => ProportionInterval.Wilson(IsRight.Count(right => right), IsRight.Count);
}
