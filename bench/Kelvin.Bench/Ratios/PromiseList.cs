using Kelvin.Bench.Linear;
using Kelvin.Bench.Machine;
using Kelvin.Bench.Softmax;
using Kelvin.Bench.Tangents;
using Kelvin.Bench.Transformers;
using Kelvin.Bench.Transformers.LlamaCpp;

namespace Kelvin.Bench.Ratios;

/// <summary>Every performance promise of the product; each subject adds its own list.</summary>
internal static class PromiseList
{
    public static IReadOnlyList<Promise> All { get; } =
    [
        .. MachinePromises.All(),
        .. LinearPromises.All(),
        .. SoftmaxPromises.All(),
        .. TangentPromises.All(),
        .. AttentionPromises.All(),
        .. TrainingPromises.All(),
        .. DecodePromises.All(),
        .. LlamaCppPromises.All(),
    ];

    public static Promise Find(string name) =>
        All.FirstOrDefault(promise => promise.Name == name)
        ?? throw new ArgumentException($"There is no promise '{name}'.", nameof(name));
}
