using Kelvin.Bench.Ratios;
using Kelvin.Transformers.Weights;

namespace Kelvin.Bench.Transformers.LlamaCpp;

/// <summary>Decoding and reading prompts against llama.cpp at equal precision, where its libraries are at hand.</summary>
internal static class LlamaCppPromises
{
    public static IEnumerable<Promise> All() => LlamaCppLibrary.Folder is null ? [] :
        from format in Enum.GetValues<WeightFormat>()
        from promise in (Promise[])
        [
            new($"decode.llama-cpp-{Name(format)}", "token/s", 1.0, () => new TokenContestant(format, 2), () => new LlamaCppContestant(format, 2, 1))
            {
                Against = $"llama.cpp, {Other(format)}, two threads",
            },
            new($"prefill.llama-cpp-{Name(format)}", "token/s", 0.6, () => new PrefillContestant(format, 2), () => new LlamaCppContestant(format, 2, PrefillContestant.Length))
            {
                Against = $"llama.cpp, {Other(format)}, two threads",
                AllocatesNothing = false,
            },
        ]
        select promise;

    private static string Name(WeightFormat format) => format.ToString().ToLowerInvariant();

    private static string Other(WeightFormat format) => format == WeightFormat.I8 ? "Q8_0" : format.ToString();
}
