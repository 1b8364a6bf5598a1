using Kelvin.Linear;

namespace Kelvin.Transformers.Inference;

/// <summary>The one place in memory for weights that are read part by part.</summary>
internal sealed class CheckpointPart
{
    private const int Elements = 4 << 20;   // 16 MB
    private float[] _room = [];

    /// <summary>As many lines as fit, at most <paramref name="left"/>, at least one.</summary>
    public MatrixView<float> Lines(int left, int length)
    {
        int lines = Math.Clamp(Elements / length, 1, left);
        if (_room.Length < lines * length)
            _room = GC.AllocateUninitializedArray<float>(Math.Max(Elements, length));
        return new MatrixView<float>(_room.AsMemory(), lines, length);
    }
}
