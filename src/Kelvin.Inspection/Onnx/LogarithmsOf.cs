using Kelvin.Inspection.Sites;

namespace Kelvin.Inspection.Onnx;

/// <summary>Logits made up from probabilities: log p, right but for their level.</summary>
/// <param name="probabilities">p.</param>
internal sealed class LogarithmsOf(ITensorNumbers probabilities) : ITensorNumbers
{
    /// <inheritdoc/>
    public IReadOnlyList<long> Shape => probabilities.Shape;

    /// <inheritdoc/>
    public long Bytes => 0;

    /// <inheritdoc/>
    public void CopyRow(int start, int step, Span<double> row)
    {
        probabilities.CopyRow(start, step, row);
        foreach (ref double entry in row)
            entry = Math.Log(entry);
    }
}
