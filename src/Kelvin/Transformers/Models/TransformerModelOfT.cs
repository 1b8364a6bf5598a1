using System.Numerics;
using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Transformers.Blocks;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Rotary;

namespace Kelvin.Transformers.Models;

/// <summary>A decoder-only transformer of GPT-2's or Llama's kind that can be trained.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// <para>x ← E[token] (+ P[position]); per block x ← x + attention(norm x), x ← x + feed-forward(norm x); logits = norm(x)·headᵀ.</para>
/// <para>All parameters lie in one block (<see cref="Parameters"/>); the matrices are views on it. NaN and ±∞ flow through to the logits. Nothing is
/// allocated by a call once its workspace has grown to the batch, and no result depends on the number of threads.</para>
/// </remarks>
public sealed class TransformerModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _parameters;
    private RotaryTable<T>? _rotary;

    /// <summary>Makes a model of zeros, to be filled by the caller.</summary>
    /// <exception cref="ArgumentException">The configuration does not hold, or one array cannot hold the parameters.</exception>
    public TransformerModel(TransformerConfig config)
    {
        Require.FloatOrDouble<T>();
        Layout = new TransformerLayout(config);
        Config = config;
        _parameters = new T[Layout.Total];
        _rotary = SequenceRotation.Table<T>(config, config.Context);
        Weights = new ModelWeights<T>(config, Layout, _parameters);
    }

    /// <summary>Shape and kind.</summary>
    public TransformerConfig Config { get; }

    /// <summary>Where each tensor lies.</summary>
    public TransformerLayout Layout { get; }

    /// <summary>Every parameter; the first <see cref="TransformerLayout.Decayed"/> belong to matrices.</summary>
    public Memory<T> Parameters => _parameters;

    internal ModelWeights<T> Weights { get; }

    /// <summary>One weight: a matrix [out, in], or a vector as a matrix with one column.</summary>
    /// <exception cref="ArgumentException">The model has no such weight.</exception>
    public MatrixView<T> Weight(WeightRole role, int layer = 0)
    {
        ParameterTensor tensor = Layout.Find(role, layer);
        return new MatrixView<T>(Parameters[tensor.Start..], tensor.Shape.Rows, tensor.Shape.Columns);
    }

    /// <summary>Computes the logits of every token's successor.</summary>
    /// <param name="tokens">Sequences of equal length, one after another, shape [n].</param>
    /// <param name="length">Tokens in each sequence, from 1 to the context.</param>
    /// <param name="logits">Shape [n, V].</param>
    /// <param name="workspace">Made for this configuration; grows to n tokens.</param>
    /// <param name="remedies">Those that change what is computed; null for none.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public void Forward(
        ReadOnlySpan<int> tokens, int length, MatrixView<T> logits, TransformerWorkspace<T> workspace, Remedies? remedies = null, int threads = 1)
    {
        PassSettings<T> pass = Settings(tokens, length, workspace, remedies, threads);
        Require.SameShape(tokens.Length, Config.VocabularySize, logits.Rows, logits.Columns, nameof(logits));
        workspace.ResetVitals();
        TransformerPass.Forward(pass, Weights, tokens, [], workspace);
        LinearLayer.Forward(workspace.Normed, Weights.Head, default, logits, threads);
    }

    /// <summary>The mean loss over the labelled tokens and its gradient, left in <see cref="TransformerWorkspace{T}.Gradient"/>.</summary>
    /// <param name="tokens">Sequences of equal length, one after another, shape [n].</param>
    /// <param name="labels">The token that should follow each, shape [n]; below 0 where none is asked for. At least one is.</param>
    /// <param name="length">Tokens in each sequence, from 1 to the context.</param>
    /// <param name="workspace">Made for this configuration; grows to n tokens.</param>
    /// <param name="remedies">Those in force; null for none.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    /// <returns>Loss and vitals; NaN or ∞ where the logits are.</returns>
    public PassResult LossAndGradient(
        ReadOnlyMemory<int> tokens, ReadOnlySpan<int> labels, int length, TransformerWorkspace<T> workspace, Remedies? remedies = null, int threads = 1)
    {
        PassSettings<T> pass = Settings(tokens.Span, length, workspace, remedies, threads);
        int scored = CheckLabels(tokens.Length, labels);
        var statistics = new SoftmaxStatistics[scored];
        double[] losses = new double[scored];
        workspace.Gradient.Clear();
        workspace.ResetVitals();
        TransformerPass.Accumulate(pass, Weights, tokens, labels, 1.0 / scored, workspace, statistics, losses);
        return PassResult.Of(statistics, losses, pass.Remedies.ZLoss);
    }

    /// <summary>The vitals of every attention head in the last call, layer after layer.</summary>
    public HeadVitals[] HeadVitals(TransformerWorkspace<T> workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return [.. workspace.HeadSums.Select(sums => sums.Mean())];
    }

    /// <summary>The weights by role, as they are when they are read: for writing a checkpoint, or for a decoder.</summary>
    public IWeightSource AsWeightSource() => new ModelWeightSource<T>(this);

    /// <summary>A model with the same configuration and parameters, in memory of its own.</summary>
    public TransformerModel<T> Copy()
    {
        var copy = new TransformerModel<T>(Config);
        _parameters.CopyTo(copy._parameters, 0);
        return copy;
    }

    /// <summary>Settings for sequences of equal length.</summary>
    internal PassSettings<T> Settings(ReadOnlySpan<int> tokens, int length, TransformerWorkspace<T> workspace, Remedies? remedies, int threads)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Require.Between(length, 1, Config.Context, nameof(length));
        if (tokens.IsEmpty || tokens.Length % length != 0)
            throw new ArgumentException($"There are {tokens.Length} tokens, but there must be at least one sequence of {length}, and all of that length.", nameof(tokens));
        return Settings(workspace.EqualStarts(tokens.Length / length, length), length, workspace, remedies, threads);
    }

    /// <summary>Settings for sequences that start at <paramref name="starts"/>, none longer than <paramref name="length"/>.</summary>
    internal PassSettings<T> Settings(ReadOnlyMemory<int> starts, int length, TransformerWorkspace<T> workspace, Remedies? remedies, int threads)
    {
        Require.That(
            ReferenceEquals(workspace.Config, Config) || workspace.Config == Config,
            "The workspace was made for a model with another configuration; make one with this model's.",
            nameof(workspace));
        Require.Positive(threads);
        remedies?.Check();
        RotaryTable<T>? rotary = SequenceRotation.Table(Config, length, _rotary);
        _rotary = rotary;
        return new PassSettings<T>(Config, rotary, starts, remedies ?? None, threads);
    }

    internal int CheckLabels(int tokens, ReadOnlySpan<int> labels)
    {
        Require.Length(labels, tokens);
        int scored = 0;
        foreach (int label in labels)
        {
            if (label < 0)
                continue;
            Require.Index(label, Config.VocabularySize, nameof(labels));
            scored++;
        }

        Require.That(scored > 0, "No token has a label, but a loss needs at least one.", nameof(labels));
        return scored;
    }

    private static Remedies None { get; } = new();
}
