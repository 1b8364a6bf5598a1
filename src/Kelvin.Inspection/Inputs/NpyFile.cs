using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Kelvin.Inspection.Inputs;

/// <summary>Reads a tensor from a NumPy .npy file (versions 1 to 3, little-endian, C order).</summary>
internal static partial class NpyFile
{
    private const string Rewrite = "Save it anew: numpy.save(\"x.npy\", numpy.ascontiguousarray(x)).";
    private const int Prefix = 8;

    /// <summary>Reads the tensor; it has no name.</summary>
    public static InputTensor Read(byte[] bytes, string label)
    {
        if (bytes.Length < Prefix + 2 || bytes[0] != 0x93 || !bytes.AsSpan(1, 5).SequenceEqual("NUMPY"u8))
            throw new InspectionException($"{label} is no .npy file: it does not begin with NumPy's mark.", Rewrite);

        int lengthSize = bytes[6] == 1 ? 2 : 4;
        int headerStart = Prefix + lengthSize;
        long headerLength = bytes.Length < headerStart
            ? long.MaxValue
            : lengthSize == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(Prefix)) : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(Prefix));
        if (headerLength > bytes.Length - headerStart)
            throw new InspectionException($"{label} ends within its header.", Rewrite);

        string header = Encoding.UTF8.GetString(bytes, headerStart, (int)headerLength);
        Match match = Header().Match(header);
        if (!match.Success)
            throw new InspectionException($"{label} has a header that Kelvin does not read: {header.Trim()}", "Give one array of numbers, not of records or objects.");
        if (match.Groups["fortran"].Value == "True")
            throw new InspectionException($"{label} is in Fortran order, but must be in C order.", Rewrite);

        ElementType type = Type(match.Groups["type"].Value, label);
        long[] shape = [.. match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(size => long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : -1)];
        int needed = InputTensor.Count(shape, label) * Elements.Size(type);
        int start = headerStart + (int)headerLength;
        if (bytes.Length - start != needed)
        {
            throw new InspectionException(
                FormattableString.Invariant($"{label} has {bytes.Length - start} bytes of numbers, but its shape {Elements.Shape(shape)} of {Elements.Name(type)} takes {needed}."),
                Rewrite);
        }

        return new InputTensor("", type, shape, bytes.AsMemory(start), label);
    }

    private static ElementType Type(string code, string label) => code switch
    {
        "<f4" => ElementType.Float32,
        "<f8" => ElementType.Float64,
        "<f2" => ElementType.Float16,
        "<i8" => ElementType.Int64,
        "<i4" => ElementType.Int32,
        "<i2" => ElementType.Int16,
        "|i1" => ElementType.Int8,
        "|u1" => ElementType.Uint8,
        "<u2" => ElementType.Uint16,
        "<u4" => ElementType.Uint32,
        "<u8" => ElementType.Uint64,
        "|b1" => ElementType.Bool,
        _ => throw new InspectionException($"{label} holds elements of type {code}, which Kelvin does not feed.", "Save it as little-endian numbers: x.astype(\"<f4\")."),
    };

    [GeneratedRegex(
        @"'descr':\s*'(?<type>[^']+)'.*'fortran_order':\s*(?<fortran>True|False).*'shape':\s*\((?<shape>[^)]*)\)",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Header();
}
