using Kelvin.Datasets.Tasks;
using Kelvin.Transformers.Generation;

namespace Kelvin.Cli.Demo;

/// <summary>What the chapter about the built-in model measured.</summary>
/// <param name="Items">The questions.</param>
/// <param name="Fixed">Answers at fixed temperatures, from cold to hot; T = 1 is among them.</param>
/// <param name="Held">Answers at one entropy throughout: the mean entropy of the answers at T = 1.</param>
/// <param name="TargetEntropy">That entropy, in nats.</param>
/// <param name="Heads">Vitals of each layer and head over the questions.</param>
/// <param name="Shown">One answer at T = 1, to be shown token by token.</param>
internal sealed record AnswerRun(
    IReadOnlyList<TaskItem> Items,
    IReadOnlyList<AnswerPolicy> Fixed,
    AnswerPolicy Held,
    double TargetEntropy,
    IReadOnlyList<IReadOnlyList<AnswerHead>> Heads,
    (TaskItem Item, GeneratedSequence Answer) Shown)
{
    /// <summary>The answers at T = 1.</summary>
    public AnswerPolicy One => Fixed.Single(policy => policy.Words == AnswerExperiment.Words(1));
}
