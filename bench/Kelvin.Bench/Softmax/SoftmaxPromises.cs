using Kelvin.Bench.Ratios;

namespace Kelvin.Bench.Softmax;

/// <summary>What the softmax kernels promise against System.Numerics.Tensors, in float on one thread.</summary>
internal static class SoftmaxPromises
{
    private const string Unit = "Gelement/s";

    /// <summary>Rows of 32 768 that fill 64 MiB twice.</summary>
    private const int OutOfCache = 512;

    public static IEnumerable<Promise> All()
    {
        foreach (int n in new[] { 64, 1024, 32_768 })
        {
            bool isShort = n == 64;
            yield return new Promise($"softmax.forward+vitals.{n}", Unit, isShort ? 1.0 : 1.8, () => new KelvinForward(n, 1), () => new InBoxSoftMax(n))
            {
                Against = "TensorPrimitives.SoftMax, which gives no vitals",
            };
            foreach (int way in new[] { 0, 1, 2 })
            {
                yield return new Promise(
                    $"softmax.forward+vitals.{n}.composed{way}", Unit, isShort ? 2.5 : 3.5, () => new KelvinForward(n, 1), () => new InBoxComposition(n, way, 1))
                {
                    Against = $"the same outputs composed of TensorPrimitives, way {way}",
                };
            }

            yield return new Promise($"softmax.plain.{n}", Unit, isShort ? 1.0 : 2.3, () => new KelvinPlain(n), () => new InBoxSoftMax(n))
            {
                Against = "TensorPrimitives.SoftMax",
            };
            yield return new Promise($"softmax.vitals.{n}", Unit, isShort ? 1.0 : 1.15, () => new KelvinStatistics(n, 1), () => new KelvinForward(n, 1))
            {
                Against = "our own probabilities and vitals",
            };
            yield return new Promise($"softmax.backward.{n}", Unit, 1.0, () => new KelvinBackward(n, 1), () => new InBoxBackward(n, 1))
            {
                Against = "TensorPrimitives.Dot and AddMultiply",
            };
            yield return new Promise($"softmax.backward.T2.{n}", Unit, isShort ? 1.0 : 1.2, () => new KelvinBackward(n, 2), () => new InBoxBackward(n, 2))
            {
                Against = "TensorPrimitives.Dot, AddMultiply and Multiply",
            };
        }

        yield return new Promise("softmax.stream.32768", Unit, 0.5, () => new KelvinForward(32_768, 1, OutOfCache), () => new MemoryCopy(32_768, OutOfCache))
        {
            Against = "copying the same rows: the fraction of the memory's bandwidth",
        };
    }
}
