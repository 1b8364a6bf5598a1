using System.Buffers.Binary;
using System.Globalization;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>The head of a safetensors file: its tensors in the order of their bytes, and its metadata.</summary>
/// <remarks>
/// <para>A file is an 8-byte little-endian length, that many bytes of JSON, and the data. The tensors cover the data without overlap or gap.</para>
/// <para>Pure: it reads spans and allocates in proportion to the header, of which it takes at most <see cref="LongestHeader"/> bytes.</para>
/// <para>Source: the format's description in the repository huggingface/safetensors.</para>
/// </remarks>
public sealed class SafetensorsHeader
{
    /// <summary>The longest header that is read, in bytes: 16 MiB, some 150 000 tensors with names of usual length.</summary>
    public const int LongestHeader = 16 << 20;

    internal const int PrefixLength = 8;

    private readonly Dictionary<string, TensorInfo> _byName;

    private SafetensorsHeader(IReadOnlyList<TensorInfo> tensors, Dictionary<string, TensorInfo> byName, IReadOnlyDictionary<string, string> metadata)
    {
        Tensors = tensors;
        Metadata = metadata;
        _byName = byName;
    }

    /// <summary>Every tensor, in the order of its bytes.</summary>
    public IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>The text under <c>__metadata__</c>; empty where there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of that name, or null.</summary>
    public TensorInfo? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The length of the JSON, once it is sure that the file holds that many bytes.</summary>
    /// <param name="start">The first bytes of the file, as many as there are up to 8.</param>
    /// <param name="fileLength">Length of the whole file in bytes.</param>
    /// <param name="file">What to call the file in an error.</param>
    /// <exception cref="ModelFileException">The file is too short, or is of another format.</exception>
    public static int ReadLength(ReadOnlySpan<byte> start, long fileLength, string file)
    {
        if (start.Length < PrefixLength || fileLength < PrefixLength)
        {
            throw Fault(file, null, Invariant($"The file is too short: it has {fileLength} bytes and no 8-byte header length."), "Fetch it again.");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        ulong available = (ulong)(fileLength - PrefixLength);
        if ((length > available || length > LongestHeader) && ForeignFormat.Recognise(start, file) is { } foreign)
            throw foreign;
        if (length > available)
        {
            throw Fault(
                file, null, Invariant($"The header is longer than the file: it declares {length} bytes, but {available} are available."),
                "The file is cut off or no safetensors file: fetch it again.");
        }

        if (length > LongestHeader)
        {
            throw Fault(
                file, null, Invariant($"The header is too long: it declares {length} bytes, but at most {LongestHeader} are read."),
                "Split the checkpoint into shards.");
        }

        if (length == 0)
            throw Fault(file, null, "The header is empty and no JSON object.", "Fetch the file again.");
        return (int)length;
    }

    /// <summary>Reads the JSON of the header and checks it against the data.</summary>
    /// <param name="json">The header without its length.</param>
    /// <param name="dataLength">How many bytes follow the header.</param>
    /// <param name="file">What to call the file in an error.</param>
    /// <exception cref="ModelFileException">It is no JSON, a tensor does not fit its bytes, or the tensors do not cover the data exactly.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength, string file)
    {
        HeaderEntries entries = HeaderReader.Read(json, file);
        var byName = new Dictionary<string, TensorInfo>(entries.Tensors.Count, StringComparer.Ordinal);
        foreach (HeaderEntry entry in entries.Tensors)
            byName.Add(entry.Name, HeaderCheck.Tensor(entry, dataLength, file));

        TensorInfo[] tensors = [.. byName.Values];
        Array.Sort(tensors, static (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        HeaderCheck.Cover(tensors, dataLength, file);
        return new SafetensorsHeader(tensors, byName, entries.Metadata);
    }

    private static ModelFileException Fault(string file, string? tensor, string problem, string remedy) => new(file, tensor, problem, remedy);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
