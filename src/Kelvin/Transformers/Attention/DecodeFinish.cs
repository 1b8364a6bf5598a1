using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>Joins the runs of keys of each head, in their order.</summary>
internal static class DecodeFinish<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Write(
        in AttentionPlan<T> plan, DecodeRoom<T> room, int runs, MatrixView<T> output, Memory<double> logSumExp, Memory<AttentionStatistics> vitals)
    {
        AttentionRoom<T> own = AttentionRoom<T>.ForThisThread;
        own.Sight.Forget();
        own.Sight.TurnTo(plan, new QueryTile(0, 0, 0, 1), RowDescriptions.Batch);
        Span<T> sums = MemoryMarshal.CreateSpan(ref own.Output.Take(plan.ValueDepth), plan.ValueDepth);
        for (int head = 0; head < plan.Heads; head++)
        {
            own.Rows.Start(plan.Sink(head) / plan.Temperature(head), RowDescriptions.Batch);
            own.Rows.FirstScore[0] = room.First(head);
            sums.Clear();
            for (int run = 0; run < runs; run++)
            {
                (double before, double added) = own.Rows.Merge(0, room.Part(run, head));
                Add(sums, T.CreateTruncating(before), room.Sums(run, head), T.CreateTruncating(added));
            }

            ForwardFinish<T>.Write(plan, new QueryTile(head, 0, 0, 1), own, sums, plan.ValueDepth, output, logSumExp, vitals);
        }
    }

    private static void Add(Span<T> sums, T before, ReadOnlySpan<T> values, T added)
    {
        TensorPrimitives.Multiply(sums, before, sums);
        TensorPrimitives.MultiplyAdd(values, added, sums, sums);
    }
}
