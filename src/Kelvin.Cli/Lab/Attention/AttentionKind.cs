using Kelvin.Tangents;

namespace Kelvin.Cli.Lab.Attention;

/// <summary>A way to make attention weights of logits, with its name.</summary>
internal sealed record AttentionKind(string Name, AttentionNormaliser Normaliser, double Temperature)
{
    public static AttentionKind Cold { get; } = new("softmax T=¼", AttentionNormaliser.Softmax, 0.25);

    public static AttentionKind Softmax { get; } = new("softmax T=1", AttentionNormaliser.Softmax, 1);

    public static AttentionKind Warm { get; } = new("softmax T=4", AttentionNormaliser.Softmax, 4);

    public static AttentionKind Relu { get; } = new("ReLU/n", AttentionNormaliser.Relu, 1);

    public static AttentionKind Linear { get; } = new("linear/n", AttentionNormaliser.Linear, 1);

    /// <summary>Those that are compared, in the order in which they are told.</summary>
    public static IReadOnlyList<AttentionKind> All { get; } = [Cold, Softmax, Warm, Relu, Linear];
}
