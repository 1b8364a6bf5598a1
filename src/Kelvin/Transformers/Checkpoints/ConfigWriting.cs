using System.Text.Json;
using Kelvin.Transformers.Rotary;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Writes the keys that <see cref="ConfigFile"/> reads.</summary>
internal static class ConfigWriting
{
    public static void Write(Utf8JsonWriter json, TransformerConfig config)
    {
        ConfigKeys keys = ConfigKeys.Of(config.Family);
        bool isLlama = config.Family == ModelFamily.Llama;
        json.WriteStartObject();
        json.WriteStartArray("architectures");
        json.WriteStringValue(isLlama ? "LlamaForCausalLM" : "GPT2LMHeadModel");
        json.WriteEndArray();
        json.WriteString(ConfigKeys.ModelType, isLlama ? "llama" : "gpt2");
        json.WriteNumber(ConfigKeys.Vocabulary, config.VocabularySize);
        json.WriteNumber(keys.Context, config.Context);
        json.WriteNumber(keys.Width, config.Width);
        json.WriteNumber(keys.Layers, config.Layers);
        json.WriteNumber(keys.Heads, config.Heads);
        json.WriteNumber(keys.FeedForwardWidth, config.FeedForwardWidth);
        json.WriteString(keys.Activation, Name(config.Activation));
        json.WriteNumber(keys.NormEpsilon, config.NormEpsilon);
        if (isLlama)
        {
            json.WriteNumber(ConfigKeys.KeyValueHeads, config.KeyValueHeads);
            json.WriteNumber(ConfigKeys.HeadSize, config.HeadSize);
            json.WriteBoolean("attention_bias", config.HasAttentionBias);
            json.WriteBoolean("mlp_bias", config.HasFeedForwardBias);
            if (config.Rotary is { } rotary)
                WriteRotary(json, rotary);
        }

        WriteAttention(json, config);
        json.WriteBoolean(ConfigKeys.TiedEmbeddings, config.HasTiedEmbeddings);
        WriteTokens(json, config);
        json.WriteEndObject();
    }

    private static void WriteAttention(Utf8JsonWriter json, TransformerConfig config)
    {
        if (config.Window is { } window)
            json.WriteNumber(AttentionReading.Window, window);
        if (config.SoftCap is { } cap)
            json.WriteNumber(AttentionReading.SoftCap, cap);
        if (config.HasAlibi)
            json.WriteBoolean(AttentionReading.Alibi, true);
        if (config.HasSinks)
            json.WriteBoolean(AttentionReading.Sinks, true);
        if (config.HasQueryKeyNorm)
            json.WriteBoolean(AttentionReading.QueryKeyNorm, true);
    }

    private static void WriteTokens(Utf8JsonWriter json, TransformerConfig config)
    {
        if (config.BeginToken is { } begin)
            json.WriteNumber(ConfigKeys.BeginToken, begin);
        if (config.EndTokens.Count == 1)
        {
            json.WriteNumber(ConfigKeys.EndTokens, config.EndTokens[0]);
        }
        else if (config.EndTokens.Count > 1)
        {
            json.WriteStartArray(ConfigKeys.EndTokens);
            foreach (int token in config.EndTokens)
                json.WriteNumberValue(token);
            json.WriteEndArray();
        }
    }

    private static void WriteRotary(Utf8JsonWriter json, RotaryConfig rotary)
    {
        json.WriteNumber("rope_theta", rotary.Theta);
        if (rotary.Scaling == RotaryScaling.None)
            return;
        json.WriteStartObject("rope_scaling");
        json.WriteString("rope_type", Name(rotary.Scaling));
        json.WriteNumber("factor", rotary.Factor);
        json.WriteNumber("original_max_position_embeddings", rotary.OriginalContext);
        if (rotary.Scaling == RotaryScaling.Llama3)
        {
            json.WriteNumber("low_freq_factor", rotary.LowFrequencyFactor);
            json.WriteNumber("high_freq_factor", rotary.HighFrequencyFactor);
        }
        else if (rotary.Scaling == RotaryScaling.Yarn)
        {
            json.WriteNumber("beta_fast", rotary.BetaFast);
            json.WriteNumber("beta_slow", rotary.BetaSlow);
            json.WriteNumber("attention_factor", rotary.AttentionFactor);
            json.WriteBoolean("truncate", rotary.RoundsRamp);
        }

        json.WriteEndObject();
    }

    private static string Name(RotaryScaling kind) => kind switch
    {
        RotaryScaling.Linear => "linear",
        RotaryScaling.Dynamic => "dynamic",
        RotaryScaling.Llama3 => "llama3",
        _ => "yarn",
    };

    private static string Name(ActivationKind activation) => activation switch
    {
        ActivationKind.Silu => "silu",
        ActivationKind.Gelu => "gelu",
        ActivationKind.GeluTanh => "gelu_new",
        _ => "relu",
    };
}
