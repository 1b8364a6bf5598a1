namespace Kelvin.Transformers.Checkpoints;

/// <summary>How a family spells the sizes of its <c>config.json</c>.</summary>
internal sealed record ConfigKeys
{
    public const string ModelType = "model_type";
    public const string Vocabulary = "vocab_size";
    public const string KeyValueHeads = "num_key_value_heads";
    public const string HeadSize = "head_dim";
    public const string TiedEmbeddings = "tie_word_embeddings";
    public const string BeginToken = "bos_token_id";
    public const string EndTokens = "eos_token_id";

    private static readonly ConfigKeys Llama = new()
    {
        Context = "max_position_embeddings", Width = "hidden_size", Layers = "num_hidden_layers", Heads = "num_attention_heads",
        FeedForwardWidth = "intermediate_size", Activation = "hidden_act", NormEpsilon = "rms_norm_eps",
    };

    private static readonly ConfigKeys Gpt2 = new()
    {
        Context = "n_positions", Width = "n_embd", Layers = "n_layer", Heads = "n_head",
        FeedForwardWidth = "n_inner", Activation = "activation_function", NormEpsilon = "layer_norm_epsilon",
    };

    public required string Context { get; init; }

    public required string Width { get; init; }

    public required string Layers { get; init; }

    public required string Heads { get; init; }

    public required string FeedForwardWidth { get; init; }

    public required string Activation { get; init; }

    public required string NormEpsilon { get; init; }

    public static ConfigKeys Of(ModelFamily family) => family == ModelFamily.Llama ? Llama : Gpt2;
}
