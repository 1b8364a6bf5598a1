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
        int heads = pass.Config.Heads, sequences = a.Rows / pass.Length;
        AttentionOptions options = workspace.AttentionOptions(pass.Remedies.AttentionTemperature);
        Run(sequences, pass.Threads, new ForwardJob<T>(pass, a, sinks, options, workspace.HeadStatistics, InnerThreads(sequences, pass.Threads)));
        for (int head = 0; head < heads; head++)
        {
            ref HeadVitals sums = ref workspace.HeadSums[(layer * heads) + head];
            for (int sequence = 0; sequence < sequences; sequence++)
                sums = sums.Add(workspace.HeadStatistics.AsSpan(((sequence * heads) + head) * pass.Length, pass.Length));
        }
    }

    /// <summary>Turns the gradient of what the heads give into that of queries, keys and values, and adds to that of the sinks.</summary>
    public static void Backward<T>(in PassSettings<T> pass, LayerActivations<T> a, ReadOnlyMemory<T> sinks, TransformerWorkspace<T> workspace, Memory<T> dSinks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int sequences = a.Rows / pass.Length;
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

    private static MatrixView<T> Queries<T>(in PassSettings<T> pass, MatrixView<T> inputs, int sequence)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        inputs.Block(sequence * pass.Length, 0, pass.Length, pass.Config.Heads * pass.Config.HeadSize);

    private static MatrixView<T> Keys<T>(in PassSettings<T> pass, MatrixView<T> inputs, int sequence)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => inputs.Block(
        sequence * pass.Length, pass.Config.Heads * pass.Config.HeadSize, pass.Length, pass.Config.KeyValueHeads * pass.Config.HeadSize);

    private static MatrixView<T> Values<T>(in PassSettings<T> pass, MatrixView<T> inputs, int sequence)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => inputs.Block(
        sequence * pass.Length, (pass.Config.Heads + pass.Config.KeyValueHeads) * pass.Config.HeadSize, pass.Length, pass.Config.KeyValueHeads * pass.Config.HeadSize);

    private static AttentionInputs<T> Inputs<T>(in PassSettings<T> pass, LayerActivations<T> a, ReadOnlyMemory<T> sinks, int sequence)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
    {
        Queries = Queries(pass, a.Inputs, sequence),
        Keys = Keys(pass, a.Inputs, sequence),
        Values = Values(pass, a.Inputs, sequence),
        Sinks = sinks,
    };

    private readonly struct ForwardJob<T>(
        PassSettings<T> pass, LayerActivations<T> a, ReadOnlyMemory<T> sinks, AttentionOptions options, AttentionStatistics[] statistics, int threads)
        : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            int rows = pass.Config.Heads * pass.Length;
            for (int sequence = start; sequence < end; sequence++)
            {
                FusedAttention.Forward(
                    Inputs(pass, a, sinks, sequence),
                    options,
                    a.Heads.RowRange(sequence * pass.Length, pass.Length),
                    a.LogSumExp.Slice(sequence * rows, rows),
                    statistics.AsMemory(sequence * rows, rows),
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
        public void Run(int start, int end)
        {
            int rows = pass.Config.Heads * pass.Length;
            for (int sequence = start; sequence < end; sequence++)
            {
                var gradients = new AttentionGradients<T>
                {
                    Queries = Queries(pass, dInputs, sequence),
                    Keys = Keys(pass, dInputs, sequence),
                    Values = Values(pass, dInputs, sequence),
                    Sinks = sinks.IsEmpty ? default : dSinks.AsMemory(sequence * pass.Config.Heads, pass.Config.Heads),
                };
                FusedAttention.Backward<T>(
                    Inputs(pass, a, sinks, sequence),
                    options,
                    a.Heads.RowRange(sequence * pass.Length, pass.Length),
                    a.LogSumExp.Slice(sequence * rows, rows),
                    dHeads.RowRange(sequence * pass.Length, pass.Length),
                    gradients,
                    threads);
            }
        }
    }
}
