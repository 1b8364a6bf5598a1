using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Cli.Tests.Inspection;

/// <summary>A checkpoint of random weights, made tensor by tensor.</summary>
internal sealed class RandomCheckpoint(TransformerConfig config) : IWeightSource
{
    public TransformerConfig Config => config;

    /// <summary>Writes the folder and returns the bytes of its weights.</summary>
    public static long Write(string folder, TransformerConfig config)
    {
        using FileStream weights = File.Create(Path.Combine(folder, "model.safetensors"));
        TransformerWriter.Write(weights, new RandomCheckpoint(config));
        using FileStream settings = File.Create(Path.Combine(folder, ConfigFile.FileName));
        ConfigFile.Write(settings, config);
        return weights.Length;
    }

    public void Read(WeightRole role, int layer, Span<float> destination)
    {
        bool isNorm = role is WeightRole.AttentionNorm or WeightRole.FeedForwardNorm or WeightRole.FinalNorm;
        uint state = (uint)(((int)role * 7919) + (layer * 104729) + 1);
        foreach (ref float weight in destination)
        {
            state = (state * 1664525) + 1013904223;
            weight = isNorm ? 1 : ((state >> 8) * (0.1f / (1 << 24))) - 0.05f;
        }
    }
}
