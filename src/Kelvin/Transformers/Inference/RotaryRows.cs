using Kelvin.Linear;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Inference;

/// <summary>Turns queries and keys by their positions: with c, s = cos, sin of position·ωⱼ, (xⱼ, xⱼ₊d/₂) becomes (c·xⱼ − s·xⱼ₊d/₂, s·xⱼ + c·xⱼ₊d/₂).</summary>
/// <remarks>Angles in double, then cos and sin in float, computed once for each position. Dynamic scaling makes them anew when the sequence grows.</remarks>
internal sealed class RotaryRows(RotaryConfig rotary, int headSize)
{
    private readonly bool _isDynamic = rotary.Scaling == RotaryScalingKind.Dynamic;
    private float[] _cosines = [];
    private float[] _sines = [];
    private int _positions;
    private int _length;

    /// <summary>Turns the first <paramref name="heads"/> heads of each row; row i has position <paramref name="start"/> + i.</summary>
    public void Turn(MatrixView<float> rows, int heads, int start)
    {
        Prepare(start + rows.Rows);
        int half = headSize / 2;
        for (int i = 0; i < rows.Rows; i++)
        {
            ReadOnlySpan<float> c = _cosines.AsSpan((start + i) * half, half);
            ReadOnlySpan<float> s = _sines.AsSpan((start + i) * half, half);
            for (int head = 0; head < heads; head++)
                TurnHead(rows.Row(i).Slice(head * headSize, headSize), c, s);
        }
    }

    private static void TurnHead(Span<float> head, ReadOnlySpan<float> c, ReadOnlySpan<float> s)
    {
        Span<float> lower = head[..c.Length];
        Span<float> upper = head[c.Length..];
        for (int j = 0; j < c.Length; j++)
            (lower[j], upper[j]) = ((c[j] * lower[j]) - (s[j] * upper[j]), (s[j] * lower[j]) + (c[j] * upper[j]));
    }

    private void Prepare(int length)
    {
        if (length <= _positions && !(_isDynamic && length != _length && Math.Max(length, _length) > rotary.OriginalContext))
            return;

        double[] frequencies = RotaryFrequencies.Of(rotary, headSize, length);
        int positions = Math.Max(length, Math.Max(_positions, 2 * _positions));
        if (positions * frequencies.Length > _cosines.Length)
            (_cosines, _sines) = (new float[positions * frequencies.Length], new float[positions * frequencies.Length]);
        for (int i = 0; i < positions * frequencies.Length; i++)
        {
            (double sine, double cosine) = Math.SinCos(i / frequencies.Length * frequencies[i % frequencies.Length]);
            (_sines[i], _cosines[i]) = ((float)(rotary.AttentionFactor * sine), (float)(rotary.AttentionFactor * cosine));
        }

        (_positions, _length) = (positions, length);
    }
}
