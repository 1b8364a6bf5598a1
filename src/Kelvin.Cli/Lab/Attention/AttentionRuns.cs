using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Tangents;

namespace Kelvin.Cli.Lab.Attention;

/// <summary>Draws layers, trains them and measures them.</summary>
internal static class AttentionRuns
{
    public static AttentionResult Measure(LabRun run, AttentionPlan plan)
    {
        AttentionTask task = AttentionTask.Named(plan.Task);
        AttentionSample[] samples = run.Do<AttentionSample>(
            "Layers",
            [
                .. from isAnalogy in AttentionResult.Settings
                   from kind in AttentionKind.All
                   from seed in run.Seeds(plan.Seeds)
                   select (Func<AttentionSample>)(() => Sample(plan, task, kind, isAnalogy, seed, run.CancellationToken)),
            ],
            sample => LabWords.Text($"{sample.Kind.Name}: loss {LabWords.Percent(sample.End.Loss)} of its start, kernel moved by {LabWords.Percent(sample.End.Drift)}"));
        var measured = new AttentionResult(task, plan, samples, []);
        return measured with { Claims = AttentionClaims.Of(measured) };
    }

    private static AttentionSample Sample(
        AttentionPlan plan, AttentionTask task, AttentionKind kind, bool isAnalogy, int seed, CancellationToken cancellationToken)
    {
        SequenceSet set = task.Draw(seed, plan.Sequences);
        SequenceAttention layer = Matched(plan, task, kind, isAnalogy, seed, set);
        MatrixView<double> kernel = AttentionTangents.Kernel(layer, set);
        IReadOnlyList<AttentionPoint> points = AttentionCourse.Follow(layer, set, plan, out SequenceAttention trained);
        (double largest, double best) = AttentionSteps.Find(layer, set, KernelSpectrum.Of(kernel, 1).StableStep(), plan.Budget, cancellationToken);
        double logits = Trace(layer.With(layer.Options with { Training = AttentionTraining.QueriesAndKeys }), set);
        return new AttentionSample
        {
            Kind = kind,
            IsAnalogy = isAnalogy,
            Points = points,
            LogitShare = logits / Trace(layer.With(layer.Options with { Training = AttentionTraining.Everything }), set),
            Growth = Grown(layer, set, plan.Growth),
            ShiftChange = Shifted(layer, set, kernel),
            LargestStep = largest,
            BestLoss = best,
            TestAccuracy = Accuracy(trained, task.Draw(unchecked(seed + 7_000_000), plan.TestSequences)),
        };
    }

    /// <summary>The layer whose trained kernel has the trace of softmax's at T = 1 with the same parameters.</summary>
    private static SequenceAttention Matched(AttentionPlan plan, AttentionTask task, AttentionKind kind, bool isAnalogy, int seed, SequenceSet set)
    {
        var options = new SequenceAttentionOptions
        {
            Vocabulary = task.Vocabulary,
            Length = task.Length,
            Width = plan.Width,
            Training = isAnalogy ? AttentionTraining.QueriesAndKeys : AttentionTraining.Everything,
            OutputScale = plan.OutputScale,
        };
        SequenceAttention softmax = SequenceAttention.Create(options, seed);
        SequenceAttention layer = softmax.With(options with { Normaliser = kind.Normaliser, Temperature = kind.Temperature });
        return layer.With(layer.Options with { OutputScale = plan.OutputScale * Math.Sqrt(Trace(softmax, set) / Trace(layer, set)) });
    }

    private static double Grown(SequenceAttention layer, SequenceSet set, double growth)
    {
        SequenceAttention grown = layer.With(layer.Options);
        TensorPrimitives.Multiply(grown.Queries.Span, growth, grown.Queries.Span);
        return Trace(grown, set) / Trace(layer, set);
    }

    private static double Shifted(SequenceAttention layer, SequenceSet set, MatrixView<double> kernel)
    {
        SequenceAttention shifted = layer.With(layer.Options);
        TensorPrimitives.Add(shifted.KeyBias.Span, 1 / Math.Sqrt(layer.Options.Width), shifted.KeyBias.Span);
        return Claims.ClaimLab.Distance(AttentionTangents.Kernel(shifted, set), kernel);
    }

    private static double Trace(SequenceAttention layer, SequenceSet set) =>
        TensorPrimitives.SumOfSquares<double>(AttentionTangents.Jacobian(layer, set).Span);

    private static double Accuracy(SequenceAttention layer, SequenceSet test) =>
        AttentionTangents.Residuals(layer, test).Where((residual, i) => (residual + test.Targets.Span[i]) * test.Targets.Span[i] > 0).Count() / (double)test.Count;
}
