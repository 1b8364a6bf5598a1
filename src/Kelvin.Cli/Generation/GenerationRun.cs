using Kelvin.Cli.Frame;
using Kelvin.Transformers.Generation;

namespace Kelvin.Cli.Generation;

/// <summary>Generates what a plan asks for, a few sequences at a time, with progress.</summary>
internal static class GenerationRun
{
    /// <summary>Sequences side by side: weights are read once for all of them, and each has a cache of its own.</summary>
    private const int SideBySide = 32;

    /// <summary>Generates.</summary>
    /// <param name="host">Its clock, and where progress goes.</param>
    /// <param name="plan">What to generate.</param>
    /// <param name="show">Gets the text of a lone sequence as it comes; null to show nothing.</param>
    /// <param name="cancellationToken">Looked at after each token.</param>
    public static GenerationResult Run(CliHost host, GenerationPlan plan, Action<string>? show, CancellationToken cancellationToken)
    {
        long start = host.Time.GetTimestamp();
        GeneratedSequence[] sequences = Generate(host, plan, plan.Policy, show, cancellationToken);
        return new GenerationResult(plan, sequences, host.Time.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Generates with another policy than the plan's.</summary>
    public static GeneratedSequence[] Generate(CliHost host, GenerationPlan plan, PolicyChoice policy, Action<string>? show, CancellationToken cancellationToken)
    {
        var waiting = new Queue<GenerationRequest>(plan.Requests(policy));
        int total = waiting.Count;
        var batch = new GenerationBatch(plan.Model.Model, plan.Model.Tokenizer, plan.Threads);
        var sequences = new List<GeneratedSequence>(total);
        using ProgressLine? progress = show is null ? new ProgressLine(host, "Generating") : null;
        int shown = 0;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (batch.Active.Count < SideBySide && waiting.TryDequeue(out GenerationRequest? next))
                sequences.Add(batch.Add(next));
            batch.Step();
            if (show is not null)
            {
                string text = sequences[0].Text;
                show(text[shown..]);
                shown = text.Length;
            }

            progress?.Report((double)(sequences.Count - batch.Active.Count) / total, policy.Words);
        }
        while (batch.Active.Count > 0 || waiting.Count > 0);
        return [.. sequences];
    }
}
