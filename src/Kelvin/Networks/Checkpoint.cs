using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Kelvin.Networks;

/// <summary>Reads the network out of a training checkpoint.</summary>
/// <remarks>
/// The whole run is saved and resumed by <see cref="Trainer{T}.Save"/> and <see cref="Trainer{T}.Restore"/>. Numbers are stored as they lie in
/// memory, little-endian, so everything comes back to the bit.
/// </remarks>
public static class Checkpoint
{
    /// <summary>Reads the network of a checkpoint: as it was when the run was saved, and once it ended with the best weights if they were kept.</summary>
    /// <param name="source">Read from its position to its end.</param>
    /// <param name="name">What to call it in an error: the path, say.</param>
    /// <exception cref="CheckpointException">It is cut off, damaged, foreign, newer, of the other precision, or the run of another kind of model.</exception>
    public static TwoLayerNetwork<T> LoadNetwork<T>(Stream source, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (CheckpointHeader header, ReadOnlyMemory<byte> numbers) = Read<T, CheckpointHeader>(source, name, CheckpointJson.Default.CheckpointHeader);
        try
        {
            var layout = new ParameterLayout(header.Network);
            if (header.Lengths.Length == 0 || header.Lengths[0] != layout.Total)
                throw CheckpointFrame.Damaged(name);

            var network = new TwoLayerNetwork<T>(header.Network);
            numbers.Span[..(layout.Total * Marshal.SizeOf<T>())].CopyTo(MemoryMarshal.AsBytes(network.Parameters.Span));
            return network;
        }
        catch (ArgumentException refused)
        {
            throw CheckpointFrame.Damaged(name, refused);
        }
    }

    internal static void Write<T, THeader>(Stream destination, THeader header, JsonTypeInfo<THeader> type, IReadOnlyList<ReadOnlyMemory<T>> arrays)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where THeader : ICheckpointHeader
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header, type);
        CheckpointFrame.Write(destination, json, [.. arrays.Select(array => (ReadOnlyMemory<byte>)MemoryMarshal.AsBytes(array.Span).ToArray())]);
    }

    /// <summary>Reads a checkpoint and checks it up to the point where it must fit a run.</summary>
    internal static (THeader Header, ReadOnlyMemory<byte> Numbers) Read<T, THeader>(Stream source, string name, JsonTypeInfo<THeader> type)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where THeader : class, ICheckpointHeader
    {
        ArgumentNullException.ThrowIfNull(source);
        (ReadOnlyMemory<byte> json, ReadOnlyMemory<byte> numbers) = CheckpointFrame.Read(source, name);
        THeader? header;
        try
        {
            header = JsonSerializer.Deserialize(json.Span, type);
        }
        catch (JsonException cause)
        {
            throw KindOf(json) is { } kind && kind != THeader.Kind
                ? CheckpointKind.Other(name, kind, THeader.Kind, cause)
                : CheckpointFrame.Damaged(name, cause);
        }

        if (header is null || header.Lengths.Any(length => length < 0))
            throw CheckpointFrame.Damaged(name);
        if (header.Element != ElementName<T>())
        {
            throw new CheckpointException(
                name, $"holds a {header.Element} network, but a {ElementName<T>()} one is wanted.", $"Open it with {header.Element} precision.");
        }

        if (header.Lengths.Sum(length => (long)length) * Marshal.SizeOf<T>() != numbers.Length)
            throw CheckpointFrame.Damaged(name);
        return (header, numbers);
    }

    internal static string ElementName<T>() => typeof(T) == typeof(float) ? "float" : "double";

    /// <summary>The first option in which a saved run and the present one differ, or null.</summary>
    internal static string? Difference(CheckpointHeader there, CheckpointHeader here)
    {
        JsonNode? thereNode = JsonSerializer.SerializeToNode(there, CheckpointJson.Default.CheckpointHeader);
        JsonNode? hereNode = JsonSerializer.SerializeToNode(here, CheckpointJson.Default.CheckpointHeader);
        return OptionDifference.First(thereNode?["network"], hereNode?["network"], "network")
            ?? OptionDifference.First(thereNode?["training"], hereNode?["training"], "training");
    }

    private static string? KindOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            return CheckpointKind.Of(json.Span);
        }
        catch (JsonException)
        {
            return null;   // no JSON at all
        }
    }
}
