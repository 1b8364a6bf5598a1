using System.Text;
using Kelvin.Linear;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Weights;

namespace Kelvin.Bench.Transformers.LlamaCpp;

/// <summary>Writes a Llama as GGUF, so that llama.cpp runs the very weights that Kelvin runs.</summary>
/// <remarks>
/// Source of the format: the GGUF specification, version 3. Norms stay F32; matrices are F32, F16, BF16, or Q8_0 for I8: bytes with a scale for each 32 of them.
/// llama.cpp turns neighbouring pairs where Hugging Face turns halves, so the rows of query and key projections are put in pairs.
/// </remarks>
internal static class GgufFile
{
    private const int Alignment = 32;
    private const int BlockSize = 32;

    public static void Write(string path, IWeightSource source, WeightFormat format)
    {
        TransformerConfig config = source.Config;
        Entry[] entries = [.. Entries(config)];
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        using var file = new BinaryWriter(stream, Encoding.UTF8);
        file.Write("GGUF"u8);
        file.Write(3u);
        file.Write((ulong)entries.Length);
        WriteKeys(file, config);
        ulong offset = 0;
        foreach (Entry entry in entries)
        {
            WriteText(file, entry.Name);
            bool isMatrix = entry.Shape.Columns > 1 && entry.Shape.Rows > 1;
            file.Write(isMatrix ? 2u : 1u);
            file.Write((ulong)(isMatrix ? entry.Shape.Columns : entry.Shape.Elements));
            if (isMatrix)
                file.Write((ulong)entry.Shape.Rows);
            file.Write(TypeOf(isMatrix ? format : WeightFormat.F32));
            file.Write(offset);
            offset += Padded(BytesOf(isMatrix ? format : WeightFormat.F32, entry.Shape.Elements));
        }

        Pad(file);
        foreach (Entry entry in entries)
        {
            bool isMatrix = entry.Shape.Columns > 1 && entry.Shape.Rows > 1;
            float[] weights = new float[entry.Shape.Elements];
            source.Read(entry.Role, entry.Layer, weights);
            if (entry.Role is WeightRole.Query or WeightRole.Key)
                weights = InPairs(weights, entry.Shape, config.HeadSize);
            WriteNumbers(file, weights, isMatrix ? format : WeightFormat.F32);
            Pad(file);
        }
    }

    private static IEnumerable<Entry> Entries(TransformerConfig config)
    {
        // the order in which LanguageModel reads, so that random weights from one generator are the same
        yield return Of(config, WeightRole.TokenEmbedding, 0, "token_embd.weight");
        for (int layer = 0; layer < config.Layers; layer++)
        {
            foreach ((WeightRole role, string name) in LayerNames)
                yield return Of(config, role, layer, FormattableString.Invariant($"blk.{layer}.{name}.weight"));
        }

        yield return Of(config, WeightRole.FinalNorm, 0, "output_norm.weight");
        if (!config.HasTiedEmbeddings)
            yield return Of(config, WeightRole.Output, 0, "output.weight");
    }

    private static readonly (WeightRole Role, string Name)[] LayerNames =
    [
        (WeightRole.AttentionNorm, "attn_norm"), (WeightRole.Query, "attn_q"), (WeightRole.Key, "attn_k"), (WeightRole.Value, "attn_v"), (WeightRole.AttentionOutput, "attn_output"),
        (WeightRole.FeedForwardNorm, "ffn_norm"), (WeightRole.Gate, "ffn_gate"), (WeightRole.Up, "ffn_up"), (WeightRole.Down, "ffn_down"),
    ];

    private static Entry Of(TransformerConfig config, WeightRole role, int layer, string name) => new(name, role, layer, WeightRoles.Shape(config, role));

    private static void WriteKeys(BinaryWriter file, TransformerConfig config)
    {
        (string Key, object Value)[] keys =
        [
            ("general.architecture", "llama"),
            ("general.name", "random"),
            ("llama.vocab_size", (uint)config.VocabularySize),
            ("llama.context_length", (uint)config.Context),
            ("llama.embedding_length", (uint)config.Width),
            ("llama.block_count", (uint)config.Layers),
            ("llama.feed_forward_length", (uint)config.FeedForwardWidth),
            ("llama.attention.head_count", (uint)config.Heads),
            ("llama.attention.head_count_kv", (uint)config.KeyValueHeads),
            ("llama.attention.layer_norm_rms_epsilon", (float)config.NormEpsilon),
            ("llama.rope.dimension_count", (uint)config.HeadSize),
            ("llama.rope.freq_base", (float)config.Rotary!.Theta),
            ("tokenizer.ggml.model", "none"),
        ];
        file.Write((ulong)keys.Length);
        foreach ((string key, object value) in keys)
        {
            WriteText(file, key);
            switch (value)
            {
                case uint whole:
                    file.Write(4u);
                    file.Write(whole);
                    break;
                case float number:
                    file.Write(6u);
                    file.Write(number);
                    break;
                default:
                    file.Write(8u);
                    WriteText(file, (string)value);
                    break;
            }
        }
    }

    private static void WriteNumbers(BinaryWriter file, float[] weights, WeightFormat format)
    {
        switch (format)
        {
            case WeightFormat.F32:
                file.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(weights));
                break;
            case WeightFormat.F16:
                foreach (float weight in weights)
                    file.Write((Half)weight);
                break;
            case WeightFormat.BF16:
                foreach (float weight in weights)
                    file.Write((ushort)((BitConverter.SingleToUInt32Bits(weight) + 0x7FFF + ((BitConverter.SingleToUInt32Bits(weight) >> 16) & 1)) >> 16));
                break;
            default:
                for (int i = 0; i < weights.Length; i += BlockSize)
                    WriteBlock(file, weights.AsSpan(i, BlockSize));
                break;
        }
    }

    private static void WriteBlock(BinaryWriter file, ReadOnlySpan<float> weights)
    {
        float scale = Math.Abs(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude(weights)) / 127;
        file.Write((Half)scale);
        foreach (float weight in weights)
            file.Write((sbyte)(scale == 0 ? 0 : MathF.Round(weight / scale)));
    }

    private static float[] InPairs(float[] weights, WeightShape shape, int headSize)
    {
        var from = new MatrixView<float>(weights, shape.Rows, shape.Columns);
        MatrixView<float> to = MatrixView.Allocate<float>(shape.Rows, shape.Columns);
        for (int row = 0; row < shape.Rows; row++)
        {
            int within = row % headSize;
            from.Row(row).CopyTo(to.Row(row - within + (within < headSize / 2 ? 2 * within : (2 * (within - (headSize / 2))) + 1)));
        }

        float[] paired = new float[weights.Length];
        for (int row = 0; row < shape.Rows; row++)
            to.Row(row).CopyTo(paired.AsSpan(row * shape.Columns));
        return paired;
    }

    private static uint TypeOf(WeightFormat format) => format switch { WeightFormat.F32 => 0, WeightFormat.F16 => 1, WeightFormat.BF16 => 30, _ => 8 };

    private static ulong BytesOf(WeightFormat format, long elements) => (ulong)(format switch
    {
        WeightFormat.F32 => 4 * elements,
        WeightFormat.F16 or WeightFormat.BF16 => 2 * elements,
        _ => elements / BlockSize * (BlockSize + 2),
    });

    private static ulong Padded(ulong bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private static void Pad(BinaryWriter file)
    {
        file.Flush();
        long over = file.BaseStream.Position % Alignment;
        for (long i = over; over > 0 && i < Alignment; i++)
            file.Write((byte)0);
        file.Flush();
    }

    private static void WriteText(BinaryWriter file, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        file.Write((ulong)bytes.Length);
        file.Write(bytes);
    }

    private sealed record Entry(string Name, WeightRole Role, int Layer, WeightShape Shape);
}
