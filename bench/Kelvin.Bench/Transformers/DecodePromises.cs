using Kelvin.Bench.Machine;
using Kelvin.Bench.Ratios;
using Kelvin.Transformers.Weights;

namespace Kelvin.Bench.Transformers;

/// <summary>Decoding reads every weight once a token: what counts is the share of the memory's bandwidth.</summary>
internal static class DecodePromises
{
    /// <summary>Of weights and of the memory that the peer reads: far beyond any cache.</summary>
    public const int Bytes = 1 << 28;

    public static IEnumerable<Promise> All() =>
        from format in Enum.GetValues<WeightFormat>()
        from threads in (int[])[1, 2]
        from promise in (Promise[])
        [
            OfBandwidth($"decode.gemv-{NameOf(format, threads)}", threads, () => new WeightContestant(format, threads)),
            OfBandwidth($"decode.llama-134m-{NameOf(format, threads)}", threads, () => new DecodeContestant(format, threads)),
        ]
        select promise;

    private static Promise OfBandwidth(string name, int threads, Func<IContestant> ours) =>
        new(name, "GB/s", 0.80, ours, () => new MemoryRead(Bytes / sizeof(float), threads))
        {
            Against = threads == 1 ? "read bandwidth of one thread" : "read bandwidth of two threads",
        };

    private static string NameOf(WeightFormat format, int threads) =>
        $"{format.ToString().ToLowerInvariant()}-{(threads == 1 ? "one-thread" : "two-threads")}";
}
