using System.Globalization;
using Kelvin.Linear;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Weights;

namespace Kelvin.Bench.Transformers.LlamaCpp;

/// <summary><c>llama-cpp-check</c>: whether llama.cpp, from the GGUF file, and Kelvin give the same logits, so that the comparison is of the same work.</summary>
internal static class LlamaCppCheck
{
    public static int Run()
    {
        var source = new RandomLlama();
        int[] tokens = [.. Enumerable.Range(5, 40)];
        foreach (WeightFormat format in Enum.GetValues<WeightFormat>())
        {
            nint context = LlamaCppContestant.Open(format, threads: 2);
            LlamaCppLibrary.Decode(context, tokens);
            ReadOnlySpan<float> theirs = LlamaCppLibrary.LastLogits(context, source.Config.VocabularySize);

            LanguageModel model = LanguageModel.Load(source, format);
            MatrixView<float> ours = MatrixView.Allocate<float>(1, source.Config.VocabularySize);
            new InferencePass(model, 2).Forward(new SequenceChunk(new KeyValueCache(model.Config, 64), tokens), LogitRows.Last, ours);
            double worst = 0;
            for (int i = 0; i < theirs.Length; i++)
                worst = Math.Max(worst, Math.Abs(theirs[i] - ours[0, i]));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{format}: logits from {System.Numerics.Tensors.TensorPrimitives.Min<float>(ours.Row(0)):F3} to {System.Numerics.Tensors.TensorPrimitives.Max<float>(ours.Row(0)):F3}, largest difference {worst:G3}"));
        }

        return 0;
    }
}
