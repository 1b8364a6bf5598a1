using System.Runtime.InteropServices;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Bench.Softmax;

/// <summary>The data of the softmax contestants: rows of normal logits, and memory for what comes out.</summary>
/// <remarks>Ours and the peer's lie alike: every buffer starts at a 64-byte boundary, as vectors like it, and a quarter of a 4-KiB page further into its page
/// than the one before, so that no store seems to overlap a load. Where the heap puts an array is left to chance, and moves either side by up to a half.</remarks>
internal sealed class Rows
{
    /// <summary>Elements a run handles at least, so that a run takes some microseconds.</summary>
    private const int Enough = 32_768;

    /// <summary>Bytes.</summary>
    private const int Page = 4096;

    public Rows(int length, int count = 0)
    {
        Length = length;
        Count = count > 0 ? count : Math.Max(1, Enough / length);
        var random = new Xoshiro256StarStar(7, false);
        Logits = Aligned(Length * Count, 0);
        Output = Aligned(Length * Count, 1);
        Gradient = Aligned(Length * Count, 2);
        Result = Aligned(Length * Count, 3);
        Span<float> logits = Logits.Span;
        for (int i = 0; i < logits.Length; i++)
            logits[i] = i < 1 << 20 ? (float)(2 * Normal.Sample(random, 0, 1)) : logits[i - (1 << 20)];
        logits.CopyTo(Gradient.Span);
        Gradient.Span.Reverse();
    }

    public int Length { get; }

    public int Count { get; }

    public Memory<float> Logits { get; }

    public Memory<float> Output { get; }

    public Memory<float> Gradient { get; }

    public Memory<float> Result { get; }

    public double Units => Logits.Length;

    public ReadOnlySpan<float> Input(int row) => Logits.Span.Slice(row * Length, Length);

    public Span<float> To(int row) => Output.Span.Slice(row * Length, Length);

    /// <summary>Memory for <paramref name="length"/> numbers from <paramref name="quarter"/> quarters of a page after the start of a page on.</summary>
    public static Memory<float> Aligned(int length, int quarter)
    {
        float[] array = GC.AllocateArray<float>(length + (Page / sizeof(float)), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        int start = (int)(((quarter * Page / 4) - address) & (Page - 1)) / sizeof(float);
        return array.AsMemory(start, length);
    }
}
