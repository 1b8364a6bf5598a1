namespace Kelvin.Transformers.Checkpoints;

/// <summary>Reads the keys of a GPT-2.</summary>
internal static class Gpt2Config
{
    public static TransformerConfig Read(JsonFields root)
    {
        RefusedKeys.Check(root, "GPT2LMHeadModel");
        ConfigKeys keys = ConfigKeys.Of(ModelFamily.Gpt2);
        int width = root.GetInteger(keys.Width);
        int heads = root.GetInteger(keys.Heads);
        return AttentionReading.Add(root, new TransformerConfig
        {
            Family = ModelFamily.Gpt2,
            VocabularySize = root.GetInteger(ConfigKeys.Vocabulary),
            Context = root.FindInteger(keys.Context) ?? root.FindInteger("n_ctx") ?? throw root.Fault(keys.Context, "is missing"),
            Width = width,
            Layers = root.GetInteger(keys.Layers),
            Heads = heads,
            KeyValueHeads = heads,
            HeadSize = ConfigReading.HeadSize(root, keys, width, heads),
            FeedForwardWidth = root.FindInteger(keys.FeedForwardWidth) ?? (int)Math.Min(int.MaxValue, 4L * width),
            Activation = ConfigReading.Activation(root, keys.Activation, ActivationKind.GeluTanh),
            NormEpsilon = root.FindNumber(keys.NormEpsilon) ?? 1e-5,
            HasTiedEmbeddings = root.Flag(ConfigKeys.TiedEmbeddings, otherwise: true),
            HasAttentionBias = true,
            HasFeedForwardBias = true,
            BeginToken = root.FindInteger(ConfigKeys.BeginToken),
            EndTokens = ConfigReading.EndTokens(root),
        });
    }
}
