using System.Globalization;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>How the families name and lay out their tensors.</summary>
/// <remarks>
/// A GPT-2 keeps matrices as [in, out] (Conv1D) and queries, keys and values side by side in one tensor. Its names stand with or without the
/// prefix <c>transformer.</c>, depending on who wrote the file.
/// </remarks>
internal sealed class TensorNames(TransformerConfig config, string prefix)
{
    /// <summary>What the names of a whole language model start with.</summary>
    public const string Gpt2Prefix = "transformer.";

    private const string HeadName = "lm_head.weight";

    public TransformerConfig Config { get; } = config;

    /// <summary>The names as the files have them.</summary>
    /// <param name="config">The model.</param>
    /// <param name="holds">Says whether a tensor of that name is there.</param>
    public static TensorNames Of(TransformerConfig config, Func<string, bool> holds) =>
        new(config, config.Family == ModelFamily.Gpt2 && holds(Gpt2Prefix + Name(config, WeightRole.TokenEmbedding, 0)) ? Gpt2Prefix : "");

    /// <summary>Where a weight lies.</summary>
    public StoredWeight Find(WeightRole role, int layer)
    {
        WeightShape shape = WeightRoles.Shape(Config, role);
        bool isHead = role == WeightRole.Output;
        string name = (isHead ? "" : prefix) + Name(Config, role, layer);
        if (shape.Columns == 1)
            return new StoredWeight(name, [shape.Rows * Slices(role)], false, Slice(role), Slices(role));

        bool isTransposed = Config.Family == ModelFamily.Gpt2 && WeightRoles.IsOfLayer(role);
        long[] stored = isTransposed ? [shape.Columns, shape.Rows * Slices(role)] : [shape.Rows, shape.Columns];
        return new StoredWeight(name, stored, isTransposed, Slice(role), Slices(role));
    }

    /// <summary>True for tensors that hold no weights: masks, tables of rotations, and a copy of a tied head.</summary>
    public bool IsHarmless(string tensor)
    {
        if (tensor == HeadName)
            return Config.HasTiedEmbeddings;
        return Config.Family == ModelFamily.Gpt2
            ? IsOfSomeLayer(tensor, prefix + "h.", ".attn.bias") || IsOfSomeLayer(tensor, prefix + "h.", ".attn.masked_bias")
            : IsOfSomeLayer(tensor, "model.layers.", ".self_attn.rotary_emb.inv_freq") || tensor == "model.rotary_emb.inv_freq";
    }

    private int Slices(WeightRole role) => Config.Family == ModelFamily.Gpt2 && IsAttentionInput(role) ? 3 : 1;

    private int Slice(WeightRole role) => Slices(role) == 1 ? 0 : role switch
    {
        WeightRole.Query or WeightRole.QueryBias => 0,
        WeightRole.Key or WeightRole.KeyBias => 1,
        _ => 2,
    };

    private static bool IsAttentionInput(WeightRole role) => role is >= WeightRole.Query and <= WeightRole.ValueBias;

    private bool IsOfSomeLayer(string tensor, string start, string end)
    {
        if (!tensor.StartsWith(start, StringComparison.Ordinal) || !tensor.EndsWith(end, StringComparison.Ordinal) || tensor.Length <= start.Length + end.Length)
            return false;
        ReadOnlySpan<char> layer = tensor.AsSpan(start.Length, tensor.Length - start.Length - end.Length);
        return int.TryParse(layer, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < Config.Layers;
    }

    private static string Name(TransformerConfig config, WeightRole role, int layer) =>
        config.Family == ModelFamily.Llama ? LlamaName(role, layer) : Gpt2Name(role, layer);

    private static string LlamaName(WeightRole role, int layer) => role switch
    {
        WeightRole.TokenEmbedding => "model.embed_tokens.weight",
        WeightRole.FinalNorm => "model.norm.weight",
        WeightRole.Output => HeadName,
        _ => string.Create(CultureInfo.InvariantCulture, $"model.layers.{layer}.{LlamaPart(role)}"),
    };

    private static string LlamaPart(WeightRole role) => role switch
    {
        WeightRole.AttentionNorm => "input_layernorm.weight",
        WeightRole.Query => "self_attn.q_proj.weight",
        WeightRole.QueryBias => "self_attn.q_proj.bias",
        WeightRole.Key => "self_attn.k_proj.weight",
        WeightRole.KeyBias => "self_attn.k_proj.bias",
        WeightRole.Value => "self_attn.v_proj.weight",
        WeightRole.ValueBias => "self_attn.v_proj.bias",
        WeightRole.AttentionOutput => "self_attn.o_proj.weight",
        WeightRole.AttentionOutputBias => "self_attn.o_proj.bias",
        WeightRole.Sinks => "self_attn.sinks",
        WeightRole.FeedForwardNorm => "post_attention_layernorm.weight",
        WeightRole.Gate => "mlp.gate_proj.weight",
        WeightRole.GateBias => "mlp.gate_proj.bias",
        WeightRole.Up => "mlp.up_proj.weight",
        WeightRole.UpBias => "mlp.up_proj.bias",
        WeightRole.Down => "mlp.down_proj.weight",
        WeightRole.DownBias => "mlp.down_proj.bias",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "A Llama has no such weight."),
    };

    private static string Gpt2Name(WeightRole role, int layer) => role switch
    {
        WeightRole.TokenEmbedding => "wte.weight",
        WeightRole.PositionEmbedding => "wpe.weight",
        WeightRole.FinalNorm => "ln_f.weight",
        WeightRole.FinalNormBias => "ln_f.bias",
        WeightRole.Output => HeadName,
        _ => string.Create(CultureInfo.InvariantCulture, $"h.{layer}.{Gpt2Part(role)}"),
    };

    private static string Gpt2Part(WeightRole role) => role switch
    {
        WeightRole.AttentionNorm => "ln_1.weight",
        WeightRole.AttentionNormBias => "ln_1.bias",
        WeightRole.Query or WeightRole.Key or WeightRole.Value => "attn.c_attn.weight",
        WeightRole.QueryBias or WeightRole.KeyBias or WeightRole.ValueBias => "attn.c_attn.bias",
        WeightRole.AttentionOutput => "attn.c_proj.weight",
        WeightRole.AttentionOutputBias => "attn.c_proj.bias",
        WeightRole.Sinks => "attn.sinks",
        WeightRole.FeedForwardNorm => "ln_2.weight",
        WeightRole.FeedForwardNormBias => "ln_2.bias",
        WeightRole.Up => "mlp.c_fc.weight",
        WeightRole.UpBias => "mlp.c_fc.bias",
        WeightRole.Down => "mlp.c_proj.weight",
        WeightRole.DownBias => "mlp.c_proj.bias",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "A GPT-2 has no such weight."),
    };
}
