using Kelvin.Bench.Machine;
using Kelvin.Bench.Ratios;
using Kelvin.Bench.Tangents;

namespace Kelvin.Bench.Transformers;

/// <summary>Fused attention in float: T = 1024, 8 heads of 64, causal, two threads; a long sequence; a token over a cache.</summary>
internal static class AttentionPromises
{
    private const string Peak = "FMA peak of two threads";

    private static readonly Lazy<AttentionSetting> Shared = new(Prefill);

    public static IEnumerable<Promise> All() =>
    [
        new("attention.forward-1024", "GFLOP/s", 0.50, () => new AttentionForward(Prefill(), true, 2), () => new FmaPeak(2)) { Against = Peak },
        new("attention.vitals-1024", "GFLOP/s", 1 / 1.05, () => new AttentionForward(Shared.Value, true, 2), () => new AttentionForward(Shared.Value, false, 2))
        {
            Against = "our own pass without vitals, in the same process",
            SharesProcess = true,
            LeastRounds = 150,
        },
        new("attention.composition-1024", "GFLOP/s", 1.8, () => new AttentionForward(Prefill(), true, 2), () => new AttentionComposition(Prefill(), 2))
        {
            Against = "our product, our softmax with a causal mask, our product",
        },
        new("attention.backward-1024", "GFLOP/s", 0.45, () => new AttentionBackward(Prefill(), 2), () => new FmaPeak(2)) { Against = Peak },
        new("attention.memory-32768", "1/GB", 1, () => new PeakMemory(new AttentionForward(new(32_768, 32_768, 1), true, 2)), () => new Allowance(1 / 0.2))
        {
            Against = "200 MB for the whole process",
            AllocatesNothing = false,
        },
        new("attention.decode-32768", "GB/s", 0.80, () => new AttentionDecode(new(1, 32_768, 8), 1), () => new MemoryRead(64 << 20))
        {
            Against = "read bandwidth of one thread",
        },
    ];

    private static AttentionSetting Prefill() => new(1024, 1024, 8);
}
