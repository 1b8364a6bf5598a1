using Kelvin.Bench.Linear;
using Kelvin.Bench.Ratios;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Bench.Transformers;

/// <summary>Training of small transformers against the best that products alone reach.</summary>
internal static class TrainingPromises
{
    public static IEnumerable<Promise> All() =>
    [
        OfProducts("train.gpt2-width-256-length-256", TrainingStep.Gpt2, threads: 1),
        OfProducts("train.gpt2-width-256-length-256-two-threads", TrainingStep.Gpt2, threads: 2),
        OfProducts("train.llama-width-256-length-256-two-threads", TrainingStep.Llama, threads: 2),
    ];

    private static Promise OfProducts(string name, TransformerConfig config, int threads) =>
        new(name, "GFLOP/s", 0.45, () => new TrainingStep(config, threads), () => new GemmContestant(1024, 1024, 1024, threads))
        {
            Against = "the 1024³ product on as many threads",
            AllocatesNothing = false,   // what Run returns is an object
        };
}
