using Kelvin.Transformers.Rotary;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Reads <c>rope_theta</c> and <c>rope_scaling</c>, or the newer <c>rope_parameters</c> that holds both.</summary>
internal static class RotaryReading
{
    private const string Scaling = "rope_scaling";
    private const string Parameters = "rope_parameters";
    private const string OriginalContext = "original_max_position_embeddings";

    private static readonly string[] Common = ["rope_type", "type", "rope_theta"];
    private static readonly string[] Stretch = ["factor", OriginalContext];

    /// <summary>The rotary positions of a model with <paramref name="context"/> positions.</summary>
    public static RotaryConfig Read(JsonFields root, int context)
    {
        string at = root.Find(Parameters) is null ? Scaling : Parameters;
        JsonFields? scaling = root.FindObject(at);
        double theta = scaling?.FindNumber("rope_theta") ?? root.FindNumber("rope_theta") ?? 10_000;
        if (scaling is null)
            return new RotaryConfig { Theta = theta, OriginalContext = context };

        string type = scaling.FindText("rope_type") ?? scaling.FindText("type")
            ?? (at == Parameters ? "default" : throw scaling.Fault("rope_type", "is missing"));
        int original = scaling.FindInteger(OriginalContext) ?? root.FindInteger(OriginalContext) ?? context;
        var plain = new RotaryConfig { Theta = theta, OriginalContext = original };
        return type switch
        {
            "default" => Only(scaling, [], plain),
            "linear" => Only(scaling, [], plain with { Scaling = RotaryScaling.Linear, Factor = scaling.GetNumber("factor") }),
            "dynamic" => Only(scaling, [], plain with { Scaling = RotaryScaling.Dynamic, Factor = scaling.GetNumber("factor") }),
            "llama3" => Only(scaling, ["low_freq_factor", "high_freq_factor"], Llama3(scaling, plain)),
            "yarn" => Only(
                scaling, ["attention_factor", "beta_fast", "beta_slow", "mscale", "mscale_all_dim", "truncate"], Yarn(scaling, plain, context)),
            _ => throw new ModelFileException(
                root.File, null, $"Unsupported {at} type {type}: the supported ones are default, linear, dynamic, llama3 and yarn.",
                "Use a checkpoint with one of these: plain rotation would give wrong answers."),
        };
    }

    private static RotaryConfig Llama3(JsonFields scaling, RotaryConfig plain)
    {
        scaling.GetInteger(OriginalContext);   // without it, the wavelengths to keep are unknown
        return plain with
        {
            Scaling = RotaryScaling.Llama3,
            Factor = scaling.GetNumber("factor"),
            LowFrequencyFactor = scaling.GetNumber("low_freq_factor"),
            HighFrequencyFactor = scaling.GetNumber("high_freq_factor"),
        };
    }

    private static RotaryConfig Yarn(JsonFields scaling, RotaryConfig plain, int context)
    {
        double factor = scaling.FindNumber("factor") ?? (double)context / Math.Max(1, plain.OriginalContext);
        return plain with
        {
            Scaling = RotaryScaling.Yarn,
            Factor = factor,
            BetaFast = scaling.FindNumber("beta_fast") ?? 32,
            BetaSlow = scaling.FindNumber("beta_slow") ?? 1,
            RoundsRamp = scaling.Flag("truncate", otherwise: true),
            AttentionFactor = scaling.FindNumber("attention_factor") ?? AttentionFactor(scaling, factor),
        };
    }

    /// <summary>0.1·m·ln factor + 1 with m = 1, or the ratio of two such numbers where both multipliers are named.</summary>
    /// <remarks>Source: B. Peng, J. Quesnelle, H. Fan, E. Shippole, YaRN, 2023, and transformers' <c>modeling_rope_utils</c>.</remarks>
    private static double AttentionFactor(JsonFields scaling, double factor)
    {
        double scale = scaling.FindNumber("mscale") ?? 0;
        double scaleAll = scaling.FindNumber("mscale_all_dim") ?? 0;
        return scale != 0 && scaleAll != 0 ? Multiplier(factor, scale) / Multiplier(factor, scaleAll) : Multiplier(factor, 1);
    }

    private static double Multiplier(double factor, double scale) => factor <= 1 ? 1 : (0.1 * scale * Math.Log(factor)) + 1;

    private static RotaryConfig Only(JsonFields scaling, string[] keys, RotaryConfig config)
    {
        foreach (string key in scaling.Keys)
        {
            bool isKnown = Common.Contains(key, StringComparer.Ordinal) || Stretch.Contains(key, StringComparer.Ordinal) || keys.Contains(key, StringComparer.Ordinal);
            if (!isKnown && scaling.Find(key) is { } value && !(key == "partial_rotary_factor" && JsonFields.Short(value) is "1" or "1.0"))
                throw scaling.Fault(key, $"is {JsonFields.Short(value)}, which is not supported with this type of scaling", "Use a checkpoint without it.");
        }

        return config;
    }
}
