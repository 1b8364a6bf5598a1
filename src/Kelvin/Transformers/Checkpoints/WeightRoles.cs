namespace Kelvin.Transformers.Checkpoints;

/// <summary>Which weights a configuration has, and of which shape.</summary>
public static class WeightRoles
{
    private static readonly WeightRole[] All = Enum.GetValues<WeightRole>();

    /// <summary>The weights that the model has once.</summary>
    public static IEnumerable<WeightRole> OfModel(TransformerConfig config) => All.Where(role => !IsOfLayer(role) && Has(config, role));

    /// <summary>The weights that every block has.</summary>
    public static IEnumerable<WeightRole> OfLayer(TransformerConfig config) => All.Where(role => IsOfLayer(role) && Has(config, role));

    /// <summary>True if every block has such a weight, false if the model has it once.</summary>
    public static bool IsOfLayer(WeightRole role) => role is >= WeightRole.AttentionNorm and <= WeightRole.DownBias;

    /// <summary>True if a model of this configuration has such a weight.</summary>
    public static bool Has(TransformerConfig config, WeightRole role)
    {
        ArgumentNullException.ThrowIfNull(config);
        return role switch
        {
            WeightRole.PositionEmbedding => config.HasLearntPositions,
            WeightRole.AttentionNormBias or WeightRole.FeedForwardNormBias or WeightRole.FinalNormBias => config.Norm == NormKind.Layer,
            WeightRole.QueryBias or WeightRole.KeyBias or WeightRole.ValueBias or WeightRole.AttentionOutputBias => config.HasAttentionBias,
            WeightRole.Sinks => config.HasSinks,
            WeightRole.Gate => config.IsGated,
            WeightRole.GateBias => config.IsGated && config.HasFeedForwardBias,
            WeightRole.UpBias or WeightRole.DownBias => config.HasFeedForwardBias,
            WeightRole.Output => !config.HasTiedEmbeddings,
            _ => true,
        };
    }

    /// <summary>The shape of a weight in a model of this configuration.</summary>
    public static WeightShape Shape(TransformerConfig config, WeightRole role)
    {
        ArgumentNullException.ThrowIfNull(config);
        int heads = config.Heads * config.HeadSize;
        int keyValueHeads = config.KeyValueHeads * config.HeadSize;
        return role switch
        {
            WeightRole.TokenEmbedding or WeightRole.Output => new WeightShape(config.VocabularySize, config.Width),
            WeightRole.PositionEmbedding => new WeightShape(config.Context, config.Width),
            WeightRole.Query => new WeightShape(heads, config.Width),
            WeightRole.QueryBias => new WeightShape(heads, 1),
            WeightRole.Key or WeightRole.Value => new WeightShape(keyValueHeads, config.Width),
            WeightRole.KeyBias or WeightRole.ValueBias => new WeightShape(keyValueHeads, 1),
            WeightRole.AttentionOutput => new WeightShape(config.Width, heads),
            WeightRole.Sinks => new WeightShape(config.Heads, 1),
            WeightRole.Gate or WeightRole.Up => new WeightShape(config.FeedForwardWidth, config.Width),
            WeightRole.GateBias or WeightRole.UpBias => new WeightShape(config.FeedForwardWidth, 1),
            WeightRole.Down => new WeightShape(config.Width, config.FeedForwardWidth),
            _ => new WeightShape(config.Width, 1),
        };
    }
}
