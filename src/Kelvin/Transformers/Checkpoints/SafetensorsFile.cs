using System.Buffers;
using System.Globalization;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>An open safetensors file: its header in memory, its data read tensor by tensor into the caller's memory.</summary>
/// <remarks>
/// <para>A file is memory-mapped and seen through windows, so a file larger than memory costs only what is read of it.</para>
/// <para>Opening reads the header and checks all of it; no tensor is read. Several threads may read at once.</para>
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    private const int Part = 1 << 18;   // elements converted at a time

    private readonly IByteSource _source;
    private readonly long _dataStart;

    private SafetensorsFile(string name, IByteSource source)
    {
        Name = name;
        _source = source;

        byte[] start = new byte[Math.Min(SafetensorsHeader.PrefixLength, source.Length)];
        source.Read(0, start);
        int length = SafetensorsHeader.ReadLength(start, source.Length, name);
        byte[] json = new byte[length];
        source.Read(SafetensorsHeader.PrefixLength, json);
        _dataStart = SafetensorsHeader.PrefixLength + length;
        Header = SafetensorsHeader.Parse(json, source.Length - _dataStart, name);
    }

    /// <summary>The path, or what the caller called the bytes.</summary>
    public string Name { get; }

    /// <summary>What the file holds.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="ModelFileException">It cannot be opened, or is no valid safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Over(path, MappedBytes.Open(path));
    }

    /// <summary>Reads a file that is in memory.</summary>
    /// <param name="bytes">The whole file; kept, not copied.</param>
    /// <param name="name">What to call it in an error.</param>
    /// <exception cref="ModelFileException">It is no valid safetensors file.</exception>
    public static SafetensorsFile FromMemory(ReadOnlyMemory<byte> bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Over(name, new MemoryBytes(bytes));
    }

    /// <summary>Reads a tensor of type F32, F16 or BF16 as float; each of these widens exactly.</summary>
    /// <param name="tensor">Name of the tensor.</param>
    /// <param name="destination">As long as the tensor has elements. NaN and infinities come as they are.</param>
    /// <exception cref="ModelFileException">There is no such tensor, or its type is none of weights.</exception>
    public void Read(string tensor, Span<float> destination)
    {
        TensorInfo info = FindWeights(tensor);
        Require.That(destination.Length == info.Elements, LengthMessage(info, destination.Length), nameof(destination));
        ReadPart(info, 0, destination);
    }

    /// <summary>Reads a tensor of type F32, F16 or BF16 into new memory.</summary>
    /// <exception cref="ModelFileException">There is no such tensor, its type is none of weights, or it is too large for an array.</exception>
    public float[] Read(string tensor)
    {
        TensorInfo info = FindWeights(tensor);
        if (info.Elements > Array.MaxLength)
            throw Fault(info, string.Create(CultureInfo.InvariantCulture, $"has {info.Elements} elements, too many for an array."), "Read the weights of a smaller model.");

        float[] values = GC.AllocateUninitializedArray<float>((int)info.Elements);
        ReadPart(info, 0, values);
        return values;
    }

    /// <summary>Reads the bytes of a tensor of any type, as they lie in the file, little-endian.</summary>
    /// <param name="tensor">Name of the tensor.</param>
    /// <param name="destination">As long as the tensor has bytes.</param>
    /// <exception cref="ModelFileException">There is no such tensor.</exception>
    public void ReadBytes(string tensor, Span<byte> destination)
    {
        TensorInfo info = Find(tensor);
        Require.Length<byte>(destination, checked((int)info.Bytes));
        _source.Read(_dataStart + info.Begin, destination);
    }

    /// <summary>Counts NaN and infinities in a tensor of type F32, F16 or BF16, with 1 MiB of memory whatever its size.</summary>
    /// <exception cref="ModelFileException">There is no such tensor, or its type is none of weights.</exception>
    public NonFiniteCount CountNonFinite(string tensor)
    {
        TensorInfo info = FindWeights(tensor);
        float[] part = ArrayPool<float>.Shared.Rent(Part);
        var count = new NonFiniteCount(0, 0);
        for (long first = 0; first < info.Elements; first += Part)
        {
            Span<float> values = part.AsSpan(0, (int)Math.Min(Part, info.Elements - first));
            ReadPart(info, first, values);
            count = count.Plus(NonFiniteCount.Of(values));
        }

        ArrayPool<float>.Shared.Return(part);
        return count;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _source.Dispose();

    /// <summary>Elements <paramref name="first"/> and on of a tensor, as many as the destination holds; checked by the caller.</summary>
    internal void ReadPart(TensorInfo info, long first, Span<float> destination)
    {
        long offset = _dataStart + info.Begin + (first * (info.Type.Bits() / 8));
        FloatBytes.Read(_source, offset, info.Type, destination);
    }

    /// <summary>The tensor of that name, of a type that reads as float.</summary>
    internal TensorInfo FindWeights(string tensor)
    {
        TensorInfo info = Find(tensor);
        return info.Type.IsReadAsFloat()
            ? info
            : throw Fault(info, $"has dtype {info.Type.Name()}, which is not read as float.", "Write the weights as F32, F16 or BF16; quantised checkpoints are not read.");
    }

    private static SafetensorsFile Over(string name, IByteSource source)
    {
        try
        {
            return new SafetensorsFile(name, source);
        }
        catch (ModelFileException)
        {
            source.Dispose();
            throw;
        }
    }

    private TensorInfo Find(string tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Header.Find(tensor)
            ?? throw new ModelFileException(Name, tensor, $"{Path.GetFileName(Name)} does not hold {tensor}.", "Check the name against the file's tensors.");
    }

    private ModelFileException Fault(TensorInfo info, string problem, string remedy) => new(Name, info.Name, $"tensor {info.Name} {problem}", remedy);

    private static string LengthMessage(TensorInfo info, int length) => string.Create(
        CultureInfo.InvariantCulture, $"destination has length {length}, but tensor {info.Name} of shape {TensorInfo.Text(info.Shape)} has {info.Elements} elements.");
}
