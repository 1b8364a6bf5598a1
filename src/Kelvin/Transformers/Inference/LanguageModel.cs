using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Weights;

namespace Kelvin.Transformers.Inference;

/// <summary>A decoder-only transformer ready for inference: its weights in memory, in the format asked for.</summary>
/// <remarks>It does not change, so any number of <see cref="InferencePass"/> may share it.</remarks>
public sealed class LanguageModel
{
    private LanguageModel(WeightReading reading, TransformerConfig config, WeightFormat format)
    {
        Config = config;
        Format = format;
        TokenEmbedding = reading.Matrix(0, WeightRole.TokenEmbedding);
        PositionEmbedding = reading.Vector(0, WeightRole.PositionEmbedding);
        Layers = [.. Enumerable.Range(0, Config.Layers).Select(layer => new InferenceLayer(reading, layer))];
        FinalNorm = reading.Vector(0, WeightRole.FinalNorm);
        FinalNormBias = reading.Vector(0, WeightRole.FinalNormBias);
        Output = Config.HasTiedEmbeddings ? TokenEmbedding : reading.Matrix(0, WeightRole.Output);
        WeightBytes = Layers.Sum(layer => layer.Bytes) + Output.Bytes;
    }

    /// <summary>What the model computes with besides its weights.</summary>
    public TransformerConfig Config { get; }

    /// <summary>How the matrices are kept; norms, biases and learnt positions are floats always.</summary>
    public WeightFormat Format { get; }

    /// <summary>Bytes of matrices that one token reads: every block's and the output head's.</summary>
    public long WeightBytes { get; }

    internal WeightMatrix TokenEmbedding { get; }

    internal float[] PositionEmbedding { get; }

    internal InferenceLayer[] Layers { get; }

    internal float[] FinalNorm { get; }

    internal float[] FinalNormBias { get; }

    internal WeightMatrix Output { get; }

    /// <summary>Reads all weights.</summary>
    /// <param name="source">Where they are kept, such as an opened checkpoint; it may be closed afterwards.</param>
    /// <param name="format">How to keep the matrices.</param>
    public static LanguageModel Load(IWeightSource source, WeightFormat format = WeightFormat.F32)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.Config.Validate();
        return new LanguageModel(new WeightReading(source, format), source.Config, format);
    }

    /// <summary>A model whose matrices stay in the files of a checkpoint and are read, a few megabytes at a time, whenever they multiply.</summary>
    /// <param name="checkpoint">Must stay open as long as the model is used.</param>
    /// <remarks>
    /// For one pass over a text with a model that may be larger than memory: norms, biases and learnt positions are held, of matrices no more than
    /// 16 MB at a time. Each pass reads the whole file, so that decoding token by token is slow, and only one pass may run at a time.
    /// A product that meets NaN or infinities throws <see cref="ModelFileException"/>, unless the checkpoint allows them.
    /// </remarks>
    public static LanguageModel Over(TransformerCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return new LanguageModel(new WeightReading(checkpoint, WeightFormat.F32, checkpoint), checkpoint.Config, WeightFormat.F32);
    }
}
