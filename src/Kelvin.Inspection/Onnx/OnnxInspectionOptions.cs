using Kelvin.Inspection.Inputs;

namespace Kelvin.Inspection.Onnx;

/// <summary>What an ONNX model is run on, and how.</summary>
public sealed record OnnxInspectionOptions
{
    /// <summary>The inputs that are given; all others are generated from <see cref="Seed"/>.</summary>
    public IReadOnlyList<InputSource> Inputs { get; init; } = [];

    /// <summary>Sizes of open dimensions by name, for generated inputs.</summary>
    public IReadOnlyDictionary<string, int> Dimensions { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Seed of generated inputs. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads of the runtime. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether the statistics of every row are kept. Default false: they take 136 bytes a row.</summary>
    public bool KeepsRows { get; init; }

    /// <summary>Bytes of logits and probabilities that are held at once, unless a single softmax has more. Default 256 MB; the model is run once more for each portion.</summary>
    public long HeldBytes { get; init; } = 256L << 20;
}
