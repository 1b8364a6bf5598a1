using System.Text;
using System.Text.Json.Nodes;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Rotary;

namespace Kelvin.Tests.Transformers.Checkpoints;

public sealed class ConfigFileTests
{
    [Fact]
    public void A_llama_with_grouped_queries_and_scaled_rotation_is_read()
    {
        TransformerConfig config = ConfigFile.Load(Path.Combine(ModelFixtures.TinyLlama, "config.json"));

        Assert.Equal(
            new TransformerConfig
            {
                Family = ModelFamily.Llama, VocabularySize = 320, Context = 400, Width = 64, Layers = 3, Heads = 8, KeyValueHeads = 2, HeadSize = 8,
                FeedForwardWidth = 128, Activation = ActivationKind.Silu, NormEpsilon = 1e-6, HasTiedEmbeddings = true, BeginToken = 1, EndTokens = config.EndTokens,
                Rotary = new RotaryConfig
                {
                    Theta = 10_000, Scaling = RotaryScaling.Llama3, Factor = 8, LowFrequencyFactor = 1, HighFrequencyFactor = 4, OriginalContext = 100,
                },
            },
            config);
        Assert.Equal([2], config.EndTokens);
        Assert.Equal((NormKind.RootMeanSquare, true), (config.Norm, config.IsGated));
    }

    [Fact]
    public void A_gpt2_is_read_with_the_meanings_of_what_it_leaves_out()
    {
        TransformerConfig config = ConfigFile.Load(Path.Combine(ModelFixtures.TinyGpt2, "config.json"));

        Assert.Equal(
            new TransformerConfig
            {
                Family = ModelFamily.Gpt2, VocabularySize = 257, Context = 64, Width = 48, Layers = 3, Heads = 4, KeyValueHeads = 4, HeadSize = 12, FeedForwardWidth = 192,
                Activation = ActivationKind.GeluTanh, NormEpsilon = 1e-5, HasTiedEmbeddings = true, HasAttentionBias = true, HasFeedForwardBias = true, BeginToken = 0,
                EndTokens = config.EndTokens,
            },
            config);
        Assert.Equal((NormKind.Layer, false), (config.Norm, config.IsGated));
    }

    [Theory]
    [InlineData("""{"rope_type":"default"}""", RotaryScaling.None, 1, 400, 1)]
    [InlineData("""{"type":"linear","factor":2.5}""", RotaryScaling.Linear, 2.5, 400, 1)]
    [InlineData("""{"rope_type":"dynamic","factor":4.0,"original_max_position_embeddings":128}""", RotaryScaling.Dynamic, 4, 128, 1)]
    [InlineData("""{"rope_type":"llama3","factor":8,"low_freq_factor":1,"high_freq_factor":4,"original_max_position_embeddings":64}""", RotaryScaling.Llama3, 8, 64, 1)]
    [InlineData("""{"rope_type":"yarn","factor":4,"original_max_position_embeddings":100}""", RotaryScaling.Yarn, 4, 100, 1.138629436111989)]
    [InlineData("""{"rope_type":"yarn","original_max_position_embeddings":100}""", RotaryScaling.Yarn, 4, 100, 1.138629436111989)]
    [InlineData("""{"rope_type":"yarn","factor":40,"mscale":1.0,"mscale_all_dim":1.0}""", RotaryScaling.Yarn, 40, 400, 1)]
    [InlineData("""{"rope_type":"yarn","factor":40,"attention_factor":0.9}""", RotaryScaling.Yarn, 40, 400, 0.9)]
    public void Every_scaling_of_rotary_positions_is_read(string scaling, RotaryScaling kind, double factor, int original, double attentionFactor)
    {
        RotaryConfig rotary = Parse(root => root["rope_scaling"] = JsonNode.Parse(scaling)).Rotary!;

        Assert.Equal((kind, factor, original), (rotary.Scaling, rotary.Factor, rotary.OriginalContext));
        Assert.Equal(attentionFactor, rotary.AttentionFactor, tolerance: 1e-12);
    }

    [Fact]
    public void The_newer_key_that_holds_theta_and_scaling_is_read()
    {
        RotaryConfig rotary = Parse(root =>
        {
            root.Remove("rope_theta");
            root.Remove("rope_scaling");
            root["rope_parameters"] = JsonNode.Parse("""{"rope_type":"linear","factor":2,"rope_theta":500000.0}""");
        }).Rotary!;

        Assert.Equal((RotaryScaling.Linear, 2, 500_000), (rotary.Scaling, rotary.Factor, rotary.Theta));
    }

    [Theory]
    [InlineData("rope_scaling", """{"rope_type":"longrope","factor":2}""", "nsupported rope_scaling type longrope")]
    [InlineData("rope_scaling", """{"factor":2}""", "rope_scaling.rope_type is missing")]
    [InlineData("rope_scaling", """{"rope_type":"linear"}""", "rope_scaling.factor is missing")]
    [InlineData("rope_scaling", """{"rope_type":"linear","factor":0.5}""", "at least 1")]
    [InlineData("rope_scaling", """{"rope_type":"linear","factor":1e999}""", "finite")]
    [InlineData("rope_scaling", """{"rope_type":"linear","factor":2,"short_factor":[1]}""", "rope_scaling.short_factor is [1], which is not supported")]
    [InlineData("rope_scaling", """{"rope_type":"llama3","factor":8,"low_freq_factor":1,"high_freq_factor":4}""", "original_max_position_embeddings is missing")]
    [InlineData("rope_scaling", """{"rope_type":"llama3","factor":8,"low_freq_factor":4,"high_freq_factor":4,"original_max_position_embeddings":64}""", "low_freq_factor 4")]
    [InlineData("rope_scaling", "7", "rope_scaling is 7, but must be an object")]
    [InlineData("rope_theta", "0", "rope_theta is 0")]
    [InlineData("sliding_window", "-1", "sliding_window is -1, but must be from 1")]
    [InlineData("sliding_window", "\"all\"", "sliding_window is \"all\", but must be an integer")]
    [InlineData("attn_logit_softcapping", "-50.0", "attn_logit_softcapping is -50")]
    [InlineData("alibi", "1", "alibi is 1, but must be true or false")]
    [InlineData("attention_sinks", "4", "attention_sinks is 4, which is not supported")]
    [InlineData("use_qk_norm", "true", "use_qk_norm is true, which is not supported")]
    [InlineData("query_pre_attn_scalar", "256", "query_pre_attn_scalar is 256")]
    [InlineData("quantization_config", """{"bits":4}""", "quantization_config")]
    [InlineData("num_local_experts", "8", "num_local_experts is 8")]
    [InlineData("partial_rotary_factor", "0.5", "partial_rotary_factor is 0.5")]
    [InlineData("final_logit_softcapping", "30.0", "final_logit_softcapping is 30")]
    [InlineData("hidden_act", "\"mish\"", "hidden_act is mish")]
    [InlineData("architectures", """["LlamaForSequenceClassification"]""", "LlamaForSequenceClassification")]
    [InlineData("hidden_size", "64.5", "hidden_size is 64.5, but must be an integer")]
    [InlineData("hidden_size", "\"64\"", "hidden_size is \"64\", but must be an integer")]
    [InlineData("hidden_size", "0", "hidden_size is 0, but must be from 1")]
    [InlineData("hidden_size", "null", "hidden_size is missing")]
    [InlineData("num_attention_heads", "0", "num_attention_heads is 0, but must be from 1")]
    [InlineData("num_key_value_heads", "-2", "num_key_value_heads is -2")]
    [InlineData("num_key_value_heads", "3", "num_attention_heads 8 is not a multiple of num_key_value_heads 3")]
    [InlineData("head_dim", "7", "head_dim is 7, but rotary positions need an even one")]
    [InlineData("head_dim", "1000000", "wider than")]
    [InlineData("num_hidden_layers", "1000000000", "num_hidden_layers is 1000000000, but must be from 1 to 10000")]
    [InlineData("vocab_size", "99999999999", "vocab_size is 99999999999")]
    [InlineData("rms_norm_eps", "-1e-5", "rms_norm_eps is -1E-05")]
    [InlineData("tie_word_embeddings", "1", "tie_word_embeddings is 1, but must be true or false")]
    [InlineData("eos_token_id", "320", "outside the vocabulary of 320")]
    [InlineData("eos_token_id", "[2,\"x\"]", "eos_token_id is \"x\", but must be an integer")]
    [InlineData("model_type", "\"mistral\"", "nsupported architecture mistral")]
    public void What_is_not_supported_or_does_not_fit_is_refused_by_its_key(string key, string value, string reason)
    {
        ModelFileException fault = Assert.Throws<ModelFileException>(() => ParseText(Llama().ToJsonString().Replace("\"@\"", value, StringComparison.Ordinal)));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Equal("config.json", fault.File);

        JsonObject Llama()
        {
            JsonObject root = Tiny(ModelFixtures.TinyLlama);
            root[key] = "@";
            return root;
        }
    }

    [Theory]
    [InlineData("scale_attn_by_inverse_layer_idx", "true")]
    [InlineData("scale_attn_weights", "false")]
    [InlineData("add_cross_attention", "true")]
    public void What_changes_the_attention_of_a_gpt2_is_refused_by_its_key(string key, string value)
    {
        JsonObject root = Tiny(ModelFixtures.TinyGpt2);
        root[key] = JsonNode.Parse(value);

        ModelFileException fault = Assert.Throws<ModelFileException>(() => ParseText(root.ToJsonString()));

        Assert.Contains($"{key} is {value}, which is not supported", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_change_nothing_are_passed_over()
    {
        TransformerConfig config = Parse(root =>
        {
            root["sliding_window"] = null;
            root["use_sliding_window"] = false;
            root["partial_rotary_factor"] = 1.0;
            root["transformers_version"] = "4.57.1";
            root["pretraining_tp"] = 1;
            root["attention_dropout"] = 0.1;
            root["eos_token_id"] = new JsonArray(2, 3);
        });

        Assert.Equal([2, 3], config.EndTokens);
    }

    [Fact]
    public void What_attention_does_between_product_and_softmax_is_read()
    {
        TransformerConfig config = Parse(root =>
        {
            (root["sliding_window"], root["attn_logit_softcapping"], root["alibi"]) = (128, 50.0, true);
            (root["kelvin_attention_sinks"], root["kelvin_query_key_norm"]) = (true, true);
        });

        Assert.True(config is { Window: 128, SoftCap: 50, HasAlibi: true, Rotary: null, HasLearntPositions: false, HasSinks: true, HasQueryKeyNorm: true });
    }

    [Fact]
    public void A_window_that_is_switched_off_is_none_and_one_of_some_layers_is_refused()
    {
        Assert.Null(Parse(root => (root["sliding_window"], root["use_sliding_window"]) = (128, false)).Window);
        Assert.Null(Parse(root => root["sliding_window"] = 0).Window);
        ModelFileException fault = Assert.Throws<ModelFileException>(() => Parse(root => (root["sliding_window"], root["max_window_layers"]) = (128, 2)));
        Assert.Contains("max_window_layers is 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Biases_of_a_llama_are_read() =>
        Assert.True(Parse(root => (root["attention_bias"], root["mlp_bias"]) = (true, true)) is { HasAttentionBias: true, HasFeedForwardBias: true });

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{\"vocab_size\":1,\"vocab_size\":2}", "not valid JSON")]
    [InlineData("{\"\\ud800\":1}", "not valid Unicode")]
    [InlineData("{}", "model_type is missing")]
    public void A_file_that_is_no_configuration_is_refused(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<ModelFileException>(() => ParseText(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        string[] scalings =
        [
            """{"rope_type":"linear","factor":2}""", """{"rope_type":"dynamic","factor":4.0,"original_max_position_embeddings":128}""",
            """{"rope_type":"yarn","factor":4,"beta_fast":20,"beta_slow":2,"mscale":0.7,"mscale_all_dim":1,"truncate":false}""",
            """{"rope_type":"llama3","factor":8,"low_freq_factor":1,"high_freq_factor":4,"original_max_position_embeddings":64}""",
        ];
        TransformerConfig[] configs =
        [
            .. scalings.Select(scaling => Parse(root => root["rope_scaling"] = JsonNode.Parse(scaling))),
            Parse(root => (root["rope_scaling"], root["attention_bias"], root["hidden_act"], root["eos_token_id"]) = (null, true, "gelu", new JsonArray(2, 3))),
            ConfigFile.Load(Path.Combine(ModelFixtures.TinyGpt2, "config.json")),
            Parse(root => (root["sliding_window"], root["attn_logit_softcapping"], root["kelvin_attention_sinks"]) = (128, 50.5, true)),
            Parse(root => (root["alibi"], root["kelvin_query_key_norm"]) = (true, true)),
        ];

        foreach (TransformerConfig config in configs)
        {
            using var stream = new MemoryStream();
            ConfigFile.Write(stream, config);
            TransformerConfig read = ConfigFile.Parse(stream.ToArray(), "config.json");

            Assert.Equal(config.EndTokens, read.EndTokens);
            Assert.Equal(config, read with { EndTokens = config.EndTokens });
        }
    }

    private static TransformerConfig Parse(Action<JsonObject> change)
    {
        JsonObject root = Tiny(ModelFixtures.TinyLlama);
        change(root);
        return ParseText(root.ToJsonString());
    }

    private static TransformerConfig ParseText(string json) => ConfigFile.Parse(Encoding.UTF8.GetBytes(json), "config.json");

    private static JsonObject Tiny(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!.AsObject();
}
