using System.Text.Json;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Keys of a configuration that change the computation in ways that are not supported.</summary>
/// <remarks>Each may stand in the file with the value that changes nothing. Keys that are not listed are taken to be harmless.</remarks>
internal static class RefusedKeys
{
    private static readonly string[] OffIfFalse =
    [
        "quantization_config", "layer_types", "no_rope_layers", "attention_chunk_size", "is_encoder_decoder",
        "add_cross_attention", "scale_attn_by_inverse_layer_idx", "use_qk_norm", "qk_norm", "qk_layernorm", "clip_qkv",
        "final_logit_softcapping", "query_pre_attn_scalar", "logit_scale", "use_parallel_residual", "parallel_attn", "num_experts", "n_routed_experts",
        "mrope_section", "use_alibi", "pruned_heads", "prefix_lm", "normalize_embedding", "sinks", "attention_sinks",
    ];

    private static readonly string[] OffIfOne =
    [
        "partial_rotary_factor", "rotary_pct", "num_local_experts", "embedding_multiplier", "residual_multiplier", "attention_multiplier", "logits_scaling",
    ];

    private static readonly string[] OffIfTrue = ["scale_attn_weights"];

    /// <summary>Refuses the first key that would change the computation, and an architecture that is no language model.</summary>
    public static void Check(JsonFields root, string architecture)
    {
        foreach (string key in root.Keys)
        {
            if (root.Find(key) is { } value && ChangesComputation(key, value))
                throw root.Fault(key, $"is {JsonFields.Short(value)}, which is not supported and would change the computation", "Use a checkpoint without it.");
        }

        foreach (JsonElement named in root.FindArray("architectures") ?? [])
        {
            if (root.Text(named, "architectures") is var name && name != architecture)
                throw root.Fault("architectures", $"names {name}, but only {architecture} is supported for this model_type", "Use a checkpoint of a language model.");
        }
    }

    private static bool ChangesComputation(string key, JsonElement value)
    {
        if (OffIfFalse.Contains(key, StringComparer.Ordinal))
            return !IsFalse(value);
        if (OffIfOne.Contains(key, StringComparer.Ordinal))
            return !IsOne(value);
        return OffIfTrue.Contains(key, StringComparer.Ordinal) && value.ValueKind != JsonValueKind.True;
    }

    private static bool IsFalse(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False => true,
        JsonValueKind.Number => value.TryGetDouble(out double number) && number == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private static bool IsOne(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number == 1;
}
