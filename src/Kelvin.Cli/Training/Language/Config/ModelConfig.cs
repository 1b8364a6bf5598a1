using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kelvin.Cli.Configuration;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Cli.Training.Language.Config;

/// <summary>Section <c>model</c>.</summary>
internal sealed record ModelConfig : ICheckedConfig
{
    [Description("llama: RMS norm, rotary positions, gated SiLU; gpt2: layer norm, learnt positions, GELU, biases.")]
    public ModelFamily Family { get; init; } = ModelFamily.Llama;

    [Range(1, 65_536)]
    [Description("Width of the residual stream; a multiple of the heads.")]
    public int Width { get; init; } = 128;

    [Range(1, 1_000)]
    [Description("Number of blocks.")]
    public int Layers { get; init; } = 4;

    [Range(1, 1_024)]
    [Description("Attention heads in a block.")]
    public int Heads { get; init; } = 4;

    [Range(1, 1_024)]
    [Description("Key and value heads, a divisor of the heads; by default as many. llama only.")]
    public int? KeyValueHeads { get; init; }

    [Range(1, 1_000_000)]
    [Description("Width inside a feed-forward part; by default 8/3 of the width for llama and four times for gpt2, up to a multiple of 8.")]
    public int? FeedForward { get; init; }

    [Range(2, 1_000_000)]
    [Description("Longest sequence in tokens that the model will ever read.")]
    public int Context { get; init; } = 256;

    [Range(1, 10_000_000)]
    [Description("Token ids that the model knows; by default as many as the tokenizer has.")]
    public int? Vocabulary { get; init; }

    [Description("Whether the output head is the token embedding.")]
    public bool Tied { get; init; } = true;

    [Range(1.0, double.MaxValue)]
    [Description("Base of the rotary wavelengths; llama only.")]
    public double RotaryTheta { get; init; } = 10_000;

    [Range(1, 1_000_000)]
    [Description("Tokens that a token sees, the last up to itself; by default all.")]
    public int? Window { get; init; }

    [Range(1e-3, 1e6)]
    [Description("Attention logits z become cap·tanh(z/cap); by default they stay as they are.")]
    public double? SoftCap { get; init; }

    [Description("Whether positions are ALiBi's, a slope for each head, in place of the family's own.")]
    public bool Alibi { get; init; }

    [Description("Whether each head has a learnt logit that takes a share of probability and has no value.")]
    public bool Sinks { get; init; }

    [Description("Whether queries and keys of each head have root mean square 1: no attention logit exceeds the root of the head's width.")]
    public bool QueryKeyNorm { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ConfigProblem> Problems()
    {
        if (Width % Heads != 0)
            yield return new("width", FormattableString.Invariant($"model.width is {Width}, but must be a multiple of the {Heads} heads."), FormattableString.Invariant($"Take {(Width / Heads + 1) * Heads}."));
        else if (Family == ModelFamily.Llama && !Alibi && Width / Heads % 2 != 0)
            yield return new("width", FormattableString.Invariant($"model.width is {Width}, which gives heads of {Width / Heads}, but rotary positions need an even size."), FormattableString.Invariant($"Take {2 * Width}."));
        if (KeyValueHeads is { } shared && (Heads % shared != 0 || (Family == ModelFamily.Gpt2 && shared != Heads)))
            yield return new("key_value_heads", FormattableString.Invariant($"model.key_value_heads is {shared}, but must be a divisor of the {Heads} heads, and for gpt2 as many."), "Leave it out.");
    }

    /// <summary>The model for a tokenizer.</summary>
    /// <param name="vocabulary">Token ids of the tokenizer.</param>
    /// <param name="end">The token that ends a text, or null.</param>
    public TransformerConfig ToConfig(int vocabulary, int? end)
    {
        bool isLlama = Family == ModelFamily.Llama;
        return new TransformerConfig
        {
            Family = Family,
            VocabularySize = Vocabulary ?? vocabulary,
            Context = Context,
            Width = Width,
            Layers = Layers,
            Heads = Heads,
            KeyValueHeads = KeyValueHeads ?? Heads,
            HeadSize = Width / Heads,
            FeedForwardWidth = FeedForward ?? ((isLlama ? (8 * Width / 3) + 7 : 4 * Width) / 8 * 8),
            Activation = isLlama ? ActivationKind.Silu : ActivationKind.GeluTanh,
            NormEpsilon = 1e-5,
            Rotary = isLlama && !Alibi ? new RotaryConfig { Theta = RotaryTheta } : null,
            Window = Window,
            SoftCap = SoftCap,
            HasAlibi = Alibi,
            HasSinks = Sinks,
            HasQueryKeyNorm = QueryKeyNorm,
            HasTiedEmbeddings = Tied,
            HasAttentionBias = !isLlama,
            HasFeedForwardBias = !isLlama,
            EndTokens = end is { } token ? [token] : [],
        };
    }
}
