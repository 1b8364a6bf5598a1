using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Writes safetensors files.</summary>
/// <remarks>
/// <para>The same tensors give the same bytes, in whatever order they are named: wider types first, then by name.</para>
/// <para>The header is padded with spaces so that the data, and with it every tensor, starts at a multiple of its element's size.</para>
/// </remarks>
public static class SafetensorsWriter
{
    private const int Alignment = 8;
    private const float LargestHalf = 65504;

    /// <summary>Writes the header, then asks for one tensor after another and writes it: one at a time is in memory.</summary>
    /// <param name="destination">Written from its position on; neither sought nor closed.</param>
    /// <param name="tensors">What to write.</param>
    /// <param name="values">The values of a tensor, as many as its shape has elements. Rounded to nearest even.</param>
    /// <param name="metadata">Text for <c>__metadata__</c>; null for none.</param>
    /// <exception cref="ArgumentException">
    /// A name comes twice, a type is none of weights, values have the wrong length, or a finite value does not fit F16 (beyond ±65504).
    /// </exception>
    public static void Write(
        Stream destination, IEnumerable<TensorSpec> tensors, Func<TensorSpec, ReadOnlyMemory<float>> values, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(values);
        TensorSpec[] ordered = [.. tensors.OrderByDescending(tensor => tensor.Type.Bits()).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        Check(ordered);

        ReadOnlySpan<byte> header = Header(ordered, metadata);
        Span<byte> length = stackalloc byte[SafetensorsHeader.PrefixLength];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        destination.Write(length);
        destination.Write(header);
        foreach (TensorSpec tensor in ordered)
        {
            ReadOnlySpan<float> content = values(tensor).Span;
            CheckValues(tensor, content);
            FloatBytes.Write(destination, tensor.Type, content);
        }
    }

    private static ReadOnlySpan<byte> Header(TensorSpec[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
                WriteMetadata(json, metadata);
            long offset = 0;
            foreach (TensorSpec tensor in tensors)
                offset = WriteTensor(json, tensor, offset);
            json.WriteEndObject();
        }

        int padding = (Alignment - ((SafetensorsHeader.PrefixLength + buffer.WrittenCount) % Alignment)) % Alignment;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("__metadata__");
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static long WriteTensor(Utf8JsonWriter json, TensorSpec tensor, long offset)
    {
        long end = offset + (tensor.Elements * (tensor.Type.Bits() / 8));
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.Name());
        json.WriteStartArray("shape");
        foreach (long size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }

    private static void Check(TensorSpec[] tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (TensorSpec tensor in tensors)
        {
            Require.That(tensor.Name != "__metadata__" && names.Add(tensor.Name), $"Tensor {tensor.Name} comes twice or has a reserved name: give each its own.", nameof(tensors));
            Require.That(tensor.Type.IsReadAsFloat(), $"Tensor {tensor.Name} is to be written as {tensor.Type.Name()}, but must be F32, F16 or BF16.", nameof(tensors));
            Require.That(tensor.Shape.All(size => size >= 0), $"Tensor {tensor.Name} has a negative dimension.", nameof(tensors));
        }
    }

    private static void CheckValues(TensorSpec tensor, ReadOnlySpan<float> values)
    {
        if (values.Length != tensor.Elements)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Tensor {tensor.Name} has {values.Length} values, but its shape {TensorInfo.Text(tensor.Shape)} needs {tensor.Elements}."), nameof(values));
        }

        if (tensor.Type != TensorType.F16)
            return;
        foreach (float value in values)
        {
            if (float.IsFinite(value) && Math.Abs(value) > LargestHalf)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"Tensor {tensor.Name} holds {value}, but F16 ends at {LargestHalf}: write it as BF16 or F32."), nameof(values));
            }
        }
    }
}
