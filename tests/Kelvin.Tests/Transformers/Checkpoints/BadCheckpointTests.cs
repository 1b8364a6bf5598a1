using System.Diagnostics;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Tests.Transformers.Checkpoints;

public sealed class BadCheckpointTests
{
    private const long MostBytes = 200L << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Every malformed file of the fixtures with the tensor its error names and what it says.</summary>
    public static TheoryData<string, string?, string[]> Malformed { get; } = new()
    {
        { "empty.safetensors", null, ["0 bytes", "no 8-byte header length"] },
        { "short-length.safetensors", null, ["5 bytes", "no 8-byte header length"] },
        { "truncated-header.safetensors", null, ["header is longer than the file", "112", "32"] },
        { "header-beyond-file.safetensors", null, ["header is longer than the file", "1099511627776"] },
        { "header-length-max.safetensors", null, ["header is longer than the file", "18446744073709551615"] },
        { "header-zero.safetensors", null, ["header is empty"] },
        { "header-not-json.safetensors", null, ["header is not valid JSON", "byte"] },
        { "header-array.safetensors", null, ["header is not a JSON object"] },
        { "header-bad-utf8.safetensors", null, ["header is not valid UTF-8"] },
        { "truncated-data.safetensors", "b", ["tensor b", "beyond the data section"] },
        { "overlap-offsets.safetensors", "b", ["tensors a and b overlap"] },
        { "gap-offsets.safetensors", "b", ["gap", "bytes 16..20", "belong to no tensor"] },
        { "dtype-unknown.safetensors", "a", ["tensor a", "unknown dtype F12"] },
        { "shape-mismatch.safetensors", "a", ["tensor a", "needs 24 bytes", "span 16"] },
        { "offset-beyond-data.safetensors", "b", ["tensor b", "beyond the data section"] },
        { "negative-dim.safetensors", "a", ["tensor a", "negative dimension"] },
        { "overflow-dim.safetensors", "a", ["tensor a", "overflows"] },
        { "fractional-dim.safetensors", "a", ["tensor a", "2.5", "not an integer"] },
        { "missing-offsets.safetensors", "a", ["tensor a", "data_offsets missing"] },
        { "duplicate-key.safetensors", "a", ["Duplicate tensor name a"] },
        { "json-bomb-nesting.safetensors", null, ["nested too deep"] },
        { "trailing-data.safetensors", null, ["data section is longer than the tensors", "5 bytes"] },
        { "dir-missing-tensor", "model.layers.0.self_attn.v_proj.weight", ["Missing tensor model.layers.0.self_attn.v_proj.weight"] },
        { "dir-wrong-shape", "model.layers.0.self_attn.q_proj.weight", ["q_proj", "shape 8x6", "expected 8x8"] },
        { "dir-heads-not-divisible", null, ["hidden_size 8", "not divisible by num_attention_heads 3"] },
        { "dir-kv-not-divisor", null, ["num_attention_heads 4 is not a multiple of num_key_value_heads 3"] },
        { "dir-huge-config", null, ["config.json", "does not match the tensors"] },
        { "dir-unknown-arch", null, ["nsupported architecture mamba", "llama", "gpt2"] },
        { "dir-config-not-json", null, ["config.json", "not valid JSON", "byte 17"] },
        { "dir-no-weights", null, ["no model.safetensors nor model.safetensors.index.json"] },
        { "dir-unknown-rope", null, ["nsupported rope_scaling type spiral"] },
        { "dir-index-missing-shard", "model.norm.weight", ["issing shard file model-00002-of-00002.safetensors"] },
        { "dir-index-traversal", "model.embed_tokens.weight", ["../dir-ok/model.safetensors", "leaves the model folder"] },
        { "dir-index-tensor-absent", "model.norm.weight", ["shard.safetensors does not hold model.norm.weight"] },
    };

    /// <summary>What opens: valid files, and those whose fault is in the values or in how they are used.</summary>
    private static readonly string[] Opening = ["ok.safetensors", "nan-weights.safetensors", "dir-ok", "dir-nan", "dir-token-out-of-range"];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_checkpoint_gives_its_own_error_in_bounded_time_and_memory(string name, string? tensor, string[] words)
    {
        string path = Path.Combine(ModelFixtures.Bad, name);
        long start = Stopwatch.GetTimestamp();
        long before = GC.GetAllocatedBytesForCurrentThread();

        ModelFileException fault = Assert.Throws<ModelFileException>(() => OpenAny(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        Assert.True(Stopwatch.GetElapsedTime(start) < Longest);
        Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.EndsWith(".", fault.Remedy, StringComparison.Ordinal);
        Assert.Equal(tensor, fault.Tensor);
        Assert.All(words, word => Assert.Contains(word, fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_case_of_the_fixtures_is_tested()
    {
        IEnumerable<string> tested = Malformed.Select(row => row.Data.Item1).Concat(Opening).Append("README.md");
        IEnumerable<string> there = Directory.EnumerateFileSystemEntries(ModelFixtures.Bad).Select(path => Path.GetFileName(path));

        Assert.Equal<string>([.. there.Order(StringComparer.Ordinal)], [.. tested.Order(StringComparer.Ordinal)]);
    }

    [Fact]
    public void Valid_files_and_folders_open()
    {
        foreach (string name in Opening)
            OpenAny(Path.Combine(ModelFixtures.Bad, name));

        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(ModelFixtures.Bad, "ok.safetensors"));
        Assert.Equal("a b", string.Join(" ", file.Header.Tensors.Select(tensor => tensor.Name)));
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_counted()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(ModelFixtures.Bad, "nan-weights.safetensors"));

        Assert.Equal(new NonFiniteCount(1, 1), file.CountNonFinite("a"));
        Assert.True(file.CountNonFinite("b").IsNone);
    }

    [Fact]
    public void A_weight_that_is_no_number_is_refused_where_it_is_used_and_named()
    {
        string folder = Path.Combine(ModelFixtures.Bad, "dir-nan");
        using TransformerCheckpoint checkpoint = TransformerCheckpoint.Open(folder);

        checkpoint.Read(WeightRole.Gate);
        ModelFileException fault = Assert.Throws<ModelFileException>(() => checkpoint.Read(WeightRole.Up));

        Assert.Equal("model.layers.0.mlp.up_proj.weight", fault.Tensor);
        Assert.Contains("1 NaN", fault.Message, StringComparison.Ordinal);
        Assert.Equal([new NonFiniteTensor("model.layers.0.mlp.up_proj.weight", new NonFiniteCount(1, 0))], checkpoint.FindNonFinite());
        using TransformerCheckpoint tolerant = TransformerCheckpoint.Open(folder, allowsNonFinite: true);
        Assert.Single(tolerant.Read(WeightRole.Up), float.IsNaN);
    }

    private static void OpenAny(string path)
    {
        if (Directory.Exists(path))
            TransformerCheckpoint.Open(path).Dispose();
        else
            SafetensorsFile.Open(path).Dispose();
    }
}
