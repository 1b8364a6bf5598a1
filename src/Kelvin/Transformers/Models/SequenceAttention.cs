using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Transformers.Attention;

namespace Kelvin.Transformers.Models;

/// <summary>The causal attention of all heads over each sequence of a batch, with the vitals of every head.</summary>
internal static class SequenceAttention
{
    public static void Forward<T>(in PassSettings<T> pass, LayerActivations<T> a, ReadOnlyMemory<T> sinks, TransformerWorkspace<T> workspace, int layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int heads = pass.Config.Heads, sequences = pass.Sequences;
        AttentionOptions options = workspace.AttentionOptions(pass.Remedies.AttentionTemperature);
        Run(sequences, pass.Threads, new ForwardJob<T>(pass, a, sinks, options, workspace.HeadStatistics, InnerThreads(sequences, pass.Threads)));
        for (int head = 0; head < heads; head++)
        {
            ref HeadVitals sums = ref workspace.HeadSums[(layer * heads) + head];
            for (int sequence = 0; sequence < sequences; sequence++)
            {
                (int start, int length) = pass.Place(sequence);
                sums = sums.Add(workspace.HeadStatistics.AsSpan((start * heads) + (head * length), length));
            }
        }
    }

    /// <summary>Turns the gradient of what the heads give into that of queries, keys and values, and adds to that of the sinks.</summary>
    public static void Backward<T>(in PassSettings<T> pass, LayerActivations<T> a, ReadOnlyMemory<T> sinks, TransformerWorkspace<T> workspace, Memory<T> dSinks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int sequences = pass.Sequences;
        AttentionOptions options = workspace.AttentionOptions(pass.Remedies.AttentionTemperature);
        var job = new BackwardJob<T>(
            pass, a, sinks, options, workspace.HeadsGradient, workspace.InputGradient, workspace.SinkGradients, InnerThreads(sequences, pass.Threads));
        Run(sequences, pass.Threads, job);
        for (int sequence = 0; sequence < sequences && !dSinks.IsEmpty; sequence++)
            TensorPrimitives.Add(dSinks.Span, workspace.SinkGradients.AsSpan(sequence * dSinks.Length, dSinks.Length), dSinks.Span);
    }

    /// <summary>Threads share sequences where there are enough of them, else the tiles of each.</summary>
    private static int InnerThreads(int sequences, int threads) => sequences >= threads ? 1 : threads;

    private static void Run<TBody>(int sequences, int threads, TBody body)
        where TBody : struct, IRangeBody => ParallelRange.For(sequences, 1, sequences >= threads ? threads : 1, body);

    private static MatrixView<T> Queries<T>(in PassSettings<T> pass, MatrixView<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        inputs.Block(0, 0, inputs.Rows, pass.Config.Heads * pass.Config.HeadSize);

    private static MatrixView<T> Keys<T>(in PassSettings<T> pass, MatrixView<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => inputs.Block(
        0, pass.Config.Heads * pass.Config.HeadSize, inputs.Rows, pass.Config.KeyValueHeads * pass.Config.HeadSize);

    private static MatrixView<T> Values<T>(in PassSettings<T> pass, MatrixView<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => inputs.Block(
        0, (pass.Config.Heads + pass.Config.KeyValueHeads) * pass.Config.HeadSize, inputs.Rows, pass.Config.KeyValueHeads * pass.Config.HeadSize);

    private static AttentionInputs<T> Inputs<T>(in PassSettings<T> pass, MatrixView<T> inputs, ReadOnlyMemory<T> sinks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
    {
        Queries = Queries(pass, inputs),
        Keys = Keys(pass, inputs),
        Values = Values(pass, inputs),
        Sinks = sinks,
    };

    private readonly struct ForwardJob<T>(
        PassSettings<T> pass, LayerActivations<T> a, ReadOnlyMemory<T> sinks, AttentionOptions options, AttentionStatistics[] statistics, int threads)
        : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int first, int end)
        {
            int heads = pass.Config.Heads;
            for (int sequence = first; sequence < end; sequence++)
            {
                (int start, int length) = pass.Place(sequence);
                FusedAttention.Forward(
                    Inputs(pass, a.Inputs.RowRange(start, length), sinks),
                    options,
                    a.Heads.RowRange(start, length),
                    a.LogSumExp.Slice(start * heads, length * heads),
                    statistics.AsMemory(start * heads, length * heads),
                    threads);
            }
        }
    }

    private readonly struct BackwardJob<T>(
        PassSettings<T> pass,
        LayerActivations<T> a,
        ReadOnlyMemory<T> sinks,
        AttentionOptions options,
        MatrixView<T> dHeads,
        MatrixView<T> dInputs,
        T[] dSinks,
        int threads)
        : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int first, int end)
        {
            int heads = pass.Config.Heads;
            for (int sequence = first; sequence < end; sequence++)
            {
                (int start, int length) = pass.Place(sequence);
                MatrixView<T> dRows = dInputs.RowRange(start, length);
                var gradients = new AttentionGradients<T>
                {
                    Queries = Queries(pass, dRows),
                    Keys = Keys(pass, dRows),
                    Values = Values(pass, dRows),
                    Sinks = sinks.IsEmpty ? default : dSinks.AsMemory(sequence * pass.Config.Heads, pass.Config.Heads),
                };
                FusedAttention.Backward<T>(
                    Inputs(pass, a.Inputs.RowRange(start, length), sinks),
                    options,
                    a.Heads.RowRange(start, length),
                    a.LogSumExp.Slice(start * heads, length * heads),
                    dHeads.RowRange(start, length),
                    gradients,
                    threads);
            }
        }
    }
}
