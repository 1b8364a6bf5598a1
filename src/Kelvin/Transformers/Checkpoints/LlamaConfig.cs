namespace Kelvin.Transformers.Checkpoints;

/// <summary>Reads the keys of a Llama.</summary>
internal static class LlamaConfig
{
    public static TransformerConfig Read(JsonFields root)
    {
        RefusedKeys.Check(root, "LlamaForCausalLM");
        ConfigKeys keys = ConfigKeys.Of(ModelFamily.Llama);
        int width = root.GetInteger(keys.Width);
        int heads = root.GetInteger(keys.Heads);
        int context = root.GetInteger(keys.Context);
        return AttentionReading.Add(root, new TransformerConfig
        {
            Family = ModelFamily.Llama,
            VocabularySize = root.GetInteger(ConfigKeys.Vocabulary),
            Context = context,
            Width = width,
            Layers = root.GetInteger(keys.Layers),
            Heads = heads,
            KeyValueHeads = KeyValueHeads(root, heads),
            HeadSize = ConfigReading.HeadSize(root, keys, width, heads),
            FeedForwardWidth = root.GetInteger(keys.FeedForwardWidth),
            Activation = ConfigReading.Activation(root, keys.Activation, ActivationKind.Silu),
            NormEpsilon = root.GetNumber(keys.NormEpsilon),
            Rotary = RotaryReading.Read(root, context),
            HasTiedEmbeddings = root.Flag(ConfigKeys.TiedEmbeddings, otherwise: false),
            HasAttentionBias = root.Flag("attention_bias", otherwise: false),
            HasFeedForwardBias = root.Flag("mlp_bias", otherwise: false),
            BeginToken = root.FindInteger(ConfigKeys.BeginToken),
            EndTokens = ConfigReading.EndTokens(root),
        });
    }

    private static int KeyValueHeads(JsonFields root, int heads)
    {
        int own = root.FindInteger(ConfigKeys.KeyValueHeads) ?? heads;
        return own > 0 ? own : throw root.Fault(ConfigKeys.KeyValueHeads, FormattableString.Invariant($"is {own}, but must be at least 1"));
    }
}
