using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Networks;

/// <summary>Holds examples to train or validate on, checked once: at least one row, everything finite.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TrainingSet<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal TrainingSet(ReadOnlyMatrixView<T> inputs, ReadOnlyMemory<int> labels, ReadOnlyMatrixView<T> targets)
    {
        Require.That(inputs.Rows > 0 && inputs.Columns > 0, "inputs is empty, but must hold at least one example.", nameof(inputs));
        TrainingSet.RequireFinite(inputs, nameof(inputs));
        Inputs = inputs;
        Labels = labels;
        Targets = targets;
        foreach (int label in labels.Span)
            LargestLabel = Math.Max(LargestLabel, label);
    }

    /// <summary>X, shape n × d.</summary>
    public ReadOnlyMatrixView<T> Inputs { get; }

    /// <summary>The classes, shape [n], or empty when there are targets instead.</summary>
    public ReadOnlyMemory<int> Labels { get; }

    /// <summary>Y, shape n × d_out, or 0 × 0 when there are labels instead.</summary>
    public ReadOnlyMatrixView<T> Targets { get; }

    /// <summary>n, the number of examples.</summary>
    public int Rows => Inputs.Rows;

    /// <summary>Whether the examples have classes rather than real-valued targets.</summary>
    public bool HasLabels => !Labels.IsEmpty;

    internal int LargestLabel { get; }

    internal void CheckFits(NetworkOptions network, LossOptions loss, string name)
    {
        Require.That(
            Inputs.Columns == network.Inputs, $"{name} has {Inputs.Columns} features, but the network takes {network.Inputs}.", name);
        Require.That(
            HasLabels || loss.Kind == LossKind.Squared,
            $"{name} has real-valued targets, but cross-entropy needs labels; choose the squared loss.",
            name);
        Require.That(
            !HasLabels || LargestLabel < network.Outputs,
            $"{name} has the label {LargestLabel}, but the network has {network.Outputs} outputs: labels must be from 0 to {network.Outputs - 1}.",
            name);
        Require.That(
            HasLabels || Targets.Columns == network.Outputs,
            $"{name} has {Targets.Columns} targets a row, but the network has {network.Outputs} outputs.",
            name);
    }
}
