using Kelvin.Bench.Machine;
using Kelvin.Bench.Ratios;
using Kelvin.Linear;

namespace Kelvin.Bench.Linear;

/// <summary>Products against what the machine's multipliers and memory give. Shapes are m × k × n for [m, k]·[k, n].</summary>
internal static class LinearPromises
{
    private const string Peak = "FMA peak of one thread";
    private const string Bandwidth = "read bandwidth of one thread";

    public static IEnumerable<Promise> All() =>
    [
        OfPeak("gemm.float-1024x1024x1024", 0.75, () => new GemmContestant(1024, 1024, 1024)),
        new("gemm.float-1024x1024x1024-two-threads", "GFLOP/s", 0.85,
            () => new GemmContestant(1024, 1024, 1024, threads: 2), () => new FmaPeak(2))
        {
            OursBase = () => new GemmContestant(1024, 1024, 1024),
            PeerBase = () => new FmaPeak(1),
            Against = "gain of the FMA peak from one thread to two",
        },
        OfPeak("gemm.float-64x4096x64", 0.60, () => new GemmContestant(64, 4096, 64)),
        OfPeak("gemm.float-64x64x4096", 0.60, () => new GemmContestant(64, 64, 4096)),
        OfPeak("gemm.float-17x33x65", 0.25, () => new GemmContestant(17, 33, 65)),
        OfPeak("gemm.float-17x65x33", 0.25, () => new GemmContestant(17, 65, 33)),
        OfBandwidth("gemm.matrix-vector-8192", Transpose.No),
        OfBandwidth("gemm.matrix-vector-8192-transposed", Transpose.Yes),
    ];

    private static Promise OfPeak(string name, double goal, Func<IContestant> ours) =>
        new(name, "GFLOP/s", goal, ours, () => new FmaPeak(1)) { Against = Peak };

    private static Promise OfBandwidth(string name, Transpose transpose) =>
        new(name, "GB/s", 0.80, () => new GemvContestant(8192, transpose), () => new MemoryRead(8192 * 8192)) { Against = Bandwidth };
}
