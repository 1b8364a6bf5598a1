using System.Text.Json;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Reads what both families may do between ⟨q, k⟩ and the softmax.</summary>
internal static class AttentionReading
{
    /// <summary>As Mistral's and Qwen's files have it.</summary>
    public const string Window = "sliding_window";

    /// <summary>As Gemma 2's files have it.</summary>
    public const string SoftCap = "attn_logit_softcapping";

    /// <summary>As Falcon's files have it.</summary>
    public const string Alibi = "alibi";

    /// <summary>Our own: gpt-oss has sinks always, and no key for them.</summary>
    public const string Sinks = "kelvin_attention_sinks";

    /// <summary>Our own: <c>use_qk_norm</c> and its like mean a norm with gains.</summary>
    public const string QueryKeyNorm = "kelvin_query_key_norm";

    private const string UsesWindow = "use_sliding_window";
    private const string FirstWindowLayer = "max_window_layers";

    public static TransformerConfig Add(JsonFields root, TransformerConfig plain)
    {
        bool hasAlibi = root.Flag(Alibi, otherwise: false);
        return plain with
        {
            Window = FindWindow(root),
            SoftCap = root.FindNumber(SoftCap),
            HasAlibi = hasAlibi,
            Rotary = hasAlibi ? null : plain.Rotary,
            HasSinks = root.Flag(Sinks, otherwise: false),
            HasQueryKeyNorm = root.Flag(QueryKeyNorm, otherwise: false),
        };
    }

    private static int? FindWindow(JsonFields root)
    {
        if (!root.Flag(UsesWindow, otherwise: true) || root.Find(Window) is not { } value || value.ValueKind == JsonValueKind.False)
            return null;
        int window = root.Integer(value, Window);
        if (window != 0 && root.FindInteger(FirstWindowLayer) is { } first and not 0)
        {
            throw root.Fault(
                FirstWindowLayer, FormattableString.Invariant($"is {first}, but a window over some layers alone is not supported"), "Use a checkpoint without it.");
        }

        return window == 0 ? null : window;
    }
}
