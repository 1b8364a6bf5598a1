namespace Kelvin.Transformers.Checkpoints;

/// <summary>Everything that a decoder-only transformer computes with besides its weights.</summary>
/// <remarks>
/// Both families in one form. Attention logits are q·k/√HeadSize, then changed as <see cref="Attention.AttentionOptions"/> says; blocks normalise before each
/// part and once at the end.
/// </remarks>
public sealed record TransformerConfig
{
    /// <summary>Whose names the checkpoint uses, and so which norm, positions and feed-forward.</summary>
    public required ModelFamily Family { get; init; }

    /// <summary>Number of token ids: <c>vocab_size</c>.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Longest sequence in tokens: <c>max_position_embeddings</c>, <c>n_positions</c>.</summary>
    public required int Context { get; init; }

    /// <summary>Width of the residual stream: <c>hidden_size</c>, <c>n_embd</c>.</summary>
    public required int Width { get; init; }

    /// <summary>Number of blocks: <c>num_hidden_layers</c>, <c>n_layer</c>.</summary>
    public required int Layers { get; init; }

    /// <summary>Query heads: <c>num_attention_heads</c>, <c>n_head</c>.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads, a divisor of the query heads: <c>num_key_value_heads</c>.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Width of one head, even where positions are rotary: <c>head_dim</c>.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Width inside a feed-forward part: <c>intermediate_size</c>, <c>n_inner</c>.</summary>
    public required int FeedForwardWidth { get; init; }

    /// <summary>The nonlinearity of the feed-forward parts: <c>hidden_act</c>, <c>activation_function</c>.</summary>
    public required ActivationKind Activation { get; init; }

    /// <summary>ε of the norms: <c>rms_norm_eps</c>, <c>layer_norm_epsilon</c>.</summary>
    public required double NormEpsilon { get; init; }

    /// <summary>Rotary positions; null for learnt ones, or with <see cref="HasAlibi"/> for none.</summary>
    public RotaryConfig? Rotary { get; init; }

    /// <summary>W ≥ 1: a token sees the last W up to itself, in every block; null for all: <c>sliding_window</c>.</summary>
    public int? Window { get; init; }

    /// <summary>cap > 0: attention logits become cap·tanh(z/cap); null leaves them: <c>attn_logit_softcapping</c>.</summary>
    public double? SoftCap { get; init; }

    /// <summary>True if positions are ALiBi's, a slope for each head, and neither rotary nor learnt: <c>alibi</c>.</summary>
    public bool HasAlibi { get; init; }

    /// <summary>True if each head has a learnt logit that takes its share of probability and has no value: <c>kelvin_attention_sinks</c>.</summary>
    public bool HasSinks { get; init; }

    /// <summary>True if each head's query and key have root mean square 1, without gains, after the rotation: <c>kelvin_query_key_norm</c>.</summary>
    public bool HasQueryKeyNorm { get; init; }

    /// <summary>True if positions are learnt.</summary>
    public bool HasLearntPositions => Rotary is null && !HasAlibi;

    /// <summary>True if the output head is the token embedding: <c>tie_word_embeddings</c>.</summary>
    public required bool HasTiedEmbeddings { get; init; }

    /// <summary>True if query, key, value and output projections have biases: <c>attention_bias</c>.</summary>
    public bool HasAttentionBias { get; init; }

    /// <summary>True if the feed-forward projections have biases: <c>mlp_bias</c>.</summary>
    public bool HasFeedForwardBias { get; init; }

    /// <summary>Token that starts a text; null where the model has none.</summary>
    public int? BeginToken { get; init; }

    /// <summary>Tokens that end a text; empty where the model has none.</summary>
    public IReadOnlyList<int> EndTokens { get; init; } = [];

    /// <summary>How the family normalises.</summary>
    public NormKind Norm => Family == ModelFamily.Llama ? NormKind.RootMeanSquare : NormKind.Layer;

    /// <summary>True if the feed-forward part is down(f(gate x) ⊙ up x), false if it is down(f(up x)).</summary>
    public bool IsGated => Family == ModelFamily.Llama;

    /// <summary>Checks every number against its range and against the others.</summary>
    /// <exception cref="ArgumentException">One does not fit, named by its key in <c>config.json</c>.</exception>
    public void Validate()
    {
        string? problem = ConfigRules.FirstProblem(this);
        Require.That(problem is null, $"The configuration does not hold: {problem}", "config");
    }
}
