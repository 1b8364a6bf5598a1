using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Tests.Transformers.Checkpoints;

public sealed class TransformerCheckpointTests
{
    [Theory]
    [InlineData("tiny-llama-gqa", 29)]
    [InlineData("tiny-gpt2", 52)]
    public void Every_weight_of_a_sharded_model_is_handed_out_in_its_shape(string name, int weights)
    {
        using TransformerCheckpoint checkpoint = Open(name);

        (WeightRole Role, int Layer)[] all = Weights(checkpoint.Config);

        Assert.Equal(weights, all.Length);
        Assert.All(all, weight => Assert.Contains(checkpoint.Read(weight.Role, weight.Layer), value => value != 0));
        Assert.Empty(checkpoint.FindNonFinite());
    }

    [Fact]
    public void The_weights_of_a_llama_are_its_tensors_value_by_value()
    {
        using TransformerCheckpoint checkpoint = Open("tiny-llama-gqa");

        Assert.Equal(Raw("tiny-llama-gqa", "model.layers.1.self_attn.k_proj.weight"), checkpoint.Read(WeightRole.Key, 1));
        Assert.Equal(Raw("tiny-llama-gqa", "model.layers.2.mlp.down_proj.weight"), checkpoint.Read(WeightRole.Down, 2));
        Assert.Equal(Raw("tiny-llama-gqa", "model.embed_tokens.weight"), checkpoint.Read(WeightRole.TokenEmbedding));
        Assert.Equal(Raw("tiny-llama-gqa", "model.norm.weight"), checkpoint.Read(WeightRole.FinalNorm));
    }

    [Theory]
    [InlineData(WeightRole.Query, 0)]
    [InlineData(WeightRole.Key, 48)]
    [InlineData(WeightRole.Value, 96)]
    public void The_projections_of_a_gpt2_are_turned_and_taken_apart(WeightRole role, int first)
    {
        const int Width = 48;
        float[] tensor = Raw("tiny-gpt2", "h.1.attn.c_attn.weight");   // [in, 3·width]
        using TransformerCheckpoint checkpoint = Open("tiny-gpt2");

        float[] weight = checkpoint.Read(role, 1);
        float[] bias = checkpoint.Read(role + 1, 1);

        for (int output = 0; output < Width; output++)
        {
            for (int input = 0; input < Width; input++)
                Assert.Equal(tensor[(input * 3 * Width) + first + output], weight[(output * Width) + input]);
        }

        Assert.Equal(Raw("tiny-gpt2", "h.1.attn.c_attn.bias")[first..(first + Width)], bias);
    }

    [Theory]
    [InlineData("tiny-llama-gqa", TensorType.F32)]
    [InlineData("tiny-llama-gqa", TensorType.BF16)]
    [InlineData("tiny-gpt2", TensorType.F32)]
    [InlineData("tiny-gpt2", TensorType.F16)]
    public void A_model_that_is_written_opens_again_with_its_weights_rounded_to_their_type(string name, TensorType type)
    {
        using TransformerCheckpoint checkpoint = Open(name);
        using var folder = new TemporaryFolder();
        Save(checkpoint, folder, type);

        using TransformerCheckpoint again = TransformerCheckpoint.Open(folder.Path);

        foreach ((WeightRole role, int layer) in Weights(checkpoint.Config))
            Assert.Equal(Array.ConvertAll(checkpoint.Read(role, layer), value => Rounded(value, type)), again.Read(role, layer));
    }

    [Fact]
    public void A_written_gpt2_has_the_prefix_of_a_whole_language_model()
    {
        using TransformerCheckpoint checkpoint = Open("tiny-gpt2");
        using var folder = new TemporaryFolder();
        Save(checkpoint, folder, TensorType.F32);

        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder.Path, "model.safetensors"));

        Assert.Equal(Raw("tiny-gpt2", "h.2.mlp.c_fc.weight"), file.Read("transformer.h.2.mlp.c_fc.weight"));
        Assert.Equal([48, 192], file.Header.Find("transformer.h.2.mlp.c_fc.weight")!.Shape);
    }

    [Fact]
    public void A_copy_of_a_tied_head_and_tables_of_rotations_are_passed_over()
    {
        using TemporaryFolder folder = WithTensors(("lm_head.weight", [16, 8]), ("model.layers.0.self_attn.rotary_emb.inv_freq", [2]));

        using TransformerCheckpoint checkpoint = TransformerCheckpoint.Open(folder.Path);

        Assert.False(WeightRoles.Has(checkpoint.Config, WeightRole.Output));
        Assert.Throws<ArgumentException>(() => checkpoint.Read(WeightRole.Output));
    }

    [Theory]
    [InlineData("model.layers.1.mlp.up_proj.weight")]
    [InlineData("model.layers.0.self_attn.q_norm.weight")]
    [InlineData("score.weight")]
    public void A_tensor_that_the_model_does_not_use_is_refused_by_name(string name)
    {
        using TemporaryFolder folder = WithTensors((name, [8]));

        ModelFileException fault = Assert.Throws<ModelFileException>(() => TransformerCheckpoint.Open(folder.Path));

        Assert.Equal(name, fault.Tensor);
        Assert.Contains($"Unknown tensor {name}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_untied_model_without_its_head_misses_it()
    {
        using TemporaryFolder folder = WithTensors();
        string config = Path.Combine(folder.Path, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"tie_word_embeddings\": true", "\"tie_word_embeddings\": false", StringComparison.Ordinal));

        Assert.Equal("lm_head.weight", Assert.Throws<ModelFileException>(() => TransformerCheckpoint.Open(folder.Path)).Tensor);
    }

    [Fact]
    public void Weights_of_integers_are_refused_by_name_when_the_model_is_opened()
    {
        byte[] file = File.ReadAllBytes(Path.Combine(ModelFixtures.Bad, "dir-ok", "model.safetensors"));
        "I32"u8.CopyTo(file.AsSpan(file.AsSpan().IndexOf("F32"u8)));
        using var folder = new TemporaryFolder();
        folder.Write("model.safetensors", file);
        folder.Write("config.json", File.ReadAllBytes(Path.Combine(ModelFixtures.Bad, "dir-ok", "config.json")));

        ModelFileException fault = Assert.Throws<ModelFileException>(() => TransformerCheckpoint.Open(folder.Path));

        Assert.Contains("has dtype I32, which is not read as float", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_weights_of_other_formats_only_names_them()
    {
        using var folder = new TemporaryFolder();
        folder.Write("config.json", File.ReadAllBytes(Path.Combine(ModelFixtures.Bad, "dir-ok", "config.json")));
        folder.Write("pytorch_model.bin", [1]);

        ModelFileException fault = Assert.Throws<ModelFileException>(() => TransformerCheckpoint.Open(folder.Path));

        Assert.Contains("only pytorch_model.bin", fault.Message, StringComparison.Ordinal);
        Assert.Contains("save_pretrained", fault.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.gguf", "GGUF\u0003\0\0\0", "GGUF")]
    [InlineData("pytorch_model.bin", "PK\u0003\u0004\u0014\0\0\0", "pickle")]
    [InlineData("model.safetensors", "", "not the folder of a model")]
    public void A_path_of_a_single_file_is_refused_with_what_it_is(string name, string content, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write(name, System.Text.Encoding.Latin1.GetBytes(content));

        Assert.Contains(reason, Assert.Throws<ModelFileException>(() => TransformerCheckpoint.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_a_gguf_and_no_configuration_names_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tiny.gguf", [1]);

        Assert.Contains("only tiny.gguf", Assert.Throws<ModelFileException>(() => TransformerCheckpoint.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_or_length_that_the_model_does_not_have_is_the_callers_mistake()
    {
        using TransformerCheckpoint checkpoint = Open("tiny-gpt2");

        Assert.Throws<ArgumentOutOfRangeException>(() => checkpoint.Read(WeightRole.Up, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => checkpoint.Read(WeightRole.FinalNorm, 1));
        Assert.Throws<ArgumentException>(() => checkpoint.Read(WeightRole.Gate));
        Assert.Throws<ArgumentException>(() => checkpoint.Read(WeightRole.FinalNorm, 0, new float[47]));
    }

    [Fact]
    public void A_configuration_that_does_not_hold_is_refused_before_it_is_written()
    {
        using TransformerCheckpoint checkpoint = Open("tiny-llama-gqa");

        Assert.Contains("num_key_value_heads", Assert.Throws<ArgumentException>(() => (checkpoint.Config with { KeyValueHeads = 3 }).Validate()).Message, StringComparison.Ordinal);
    }

    private static TransformerCheckpoint Open(string name) => TransformerCheckpoint.Open(Path.Combine(ModelFixtures.Bad, "..", name));

    private static (WeightRole Role, int Layer)[] Weights(TransformerConfig config) =>
    [
        .. WeightRoles.OfModel(config).Select(role => (role, 0)),
        .. Enumerable.Range(0, config.Layers).SelectMany(layer => WeightRoles.OfLayer(config).Select(role => (role, layer))),
    ];

    private static float[] Raw(string model, string tensor)
    {
        foreach (string path in Directory.EnumerateFiles(Path.Combine(ModelFixtures.Bad, "..", model), "*.safetensors"))
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            if (file.Header.Find(tensor) is not null)
                return file.Read(tensor);
        }

        throw new InvalidOperationException($"{model} has no {tensor}.");
    }

    private static void Save(TransformerCheckpoint checkpoint, TemporaryFolder folder, TensorType type)
    {
        using var weights = new MemoryStream();
        using var config = new MemoryStream();
        TransformerWriter.Write(weights, checkpoint, type);
        ConfigFile.Write(config, checkpoint.Config);
        folder.Write("model.safetensors", weights.ToArray());
        folder.Write("config.json", config.ToArray());
    }

    /// <summary>The valid folder of the fixtures with more tensors.</summary>
    private static TemporaryFolder WithTensors(params (string Name, long[] Shape)[] added)
    {
        var folder = new TemporaryFolder();
        string ok = Path.Combine(ModelFixtures.Bad, "dir-ok");
        folder.Write("config.json", File.ReadAllBytes(Path.Combine(ok, "config.json")));
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(ok, "model.safetensors"));
        IEnumerable<TensorSpec> more = added.Select(tensor => new TensorSpec(tensor.Name, TensorType.F32, tensor.Shape));
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(
            stream, file.Header.Tensors.Select(tensor => new TensorSpec(tensor.Name, tensor.Type, tensor.Shape)).Concat(more),
            tensor => file.Header.Find(tensor.Name) is null ? new float[tensor.Shape.Aggregate(1L, (product, size) => product * size)] : file.Read(tensor.Name));
        folder.Write("model.safetensors", stream.ToArray());
        return folder;
    }

    private static float Rounded(float value, TensorType type) => type switch
    {
        TensorType.F16 => (float)(Half)value,
        TensorType.BF16 => BrainFloatTests.Nearest(value),
        _ => value,
    };
}
