using System.Buffers.Binary;
using System.Globalization;

namespace Kelvin.Inspection.Inputs;

/// <summary>Names, sizes and bytes (little-endian) of tensor elements.</summary>
internal static class Elements
{
    private static readonly ElementType[] All = Enum.GetValues<ElementType>();

    /// <summary>Name as numpy writes it, such as "float32".</summary>
    public static string Name(ElementType type) => type.ToString().ToLowerInvariant();

    /// <summary>The type of a name, or null.</summary>
    public static ElementType? Find(string name) =>
        All.Where(type => Name(type) == name).Select(type => (ElementType?)type).FirstOrDefault();

    /// <summary>Whether inputs of a type (ONNX's number) can be made.</summary>
    public static bool IsKnown(int type) => Enum.IsDefined((ElementType)type);

    /// <summary>Bytes of one element.</summary>
    public static int Size(ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 or ElementType.Uint64 => 8,
        ElementType.Float32 or ElementType.Int32 or ElementType.Uint32 => 4,
        ElementType.Float16 or ElementType.Bfloat16 or ElementType.Int16 or ElementType.Uint16 => 2,
        _ => 1,
    };

    /// <summary>Whether elements have fractions.</summary>
    public static bool IsReal(ElementType type) => type is ElementType.Float32 or ElementType.Float64 or ElementType.Float16 or ElementType.Bfloat16;

    /// <summary>Smallest and largest value of a whole-number type.</summary>
    public static (double Low, double High) Range(ElementType type) => type switch
    {
        ElementType.Bool => (0, 1),
        ElementType.Uint8 => (byte.MinValue, byte.MaxValue),
        ElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        ElementType.Uint16 => (ushort.MinValue, ushort.MaxValue),
        ElementType.Int16 => (short.MinValue, short.MaxValue),
        ElementType.Uint32 => (uint.MinValue, uint.MaxValue),
        ElementType.Int32 => (int.MinValue, int.MaxValue),
        ElementType.Uint64 => (0, ulong.MaxValue),
        ElementType.Int64 => (long.MinValue, long.MaxValue),
        _ => (double.NegativeInfinity, double.PositiveInfinity),
    };

    /// <summary>Writes numbers; the caller has seen to it that they fit the type.</summary>
    public static byte[] Encode(ElementType type, IReadOnlyList<double> values)
    {
        int size = Size(type);
        byte[] bytes = new byte[checked(size * values.Count)];
        for (int i = 0; i < values.Count; i++)
            Write(type, values[i], bytes.AsSpan(i * size, size));
        return bytes;
    }

    /// <summary>A shape in words, such as "[2, 6, 16]".</summary>
    public static string Shape(IEnumerable<long> shape) =>
        $"[{string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";

    private static void Write(ElementType type, double value, Span<byte> to)
    {
        switch (type)
        {
            case ElementType.Float64: BinaryPrimitives.WriteDoubleLittleEndian(to, value); break;
            case ElementType.Float32: BinaryPrimitives.WriteSingleLittleEndian(to, (float)value); break;
            case ElementType.Float16: BinaryPrimitives.WriteHalfLittleEndian(to, (Half)value); break;
            case ElementType.Bfloat16: BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)((BitConverter.SingleToUInt32Bits((float)value) + 0x8000) >> 16)); break;
            case ElementType.Int64: BinaryPrimitives.WriteInt64LittleEndian(to, (long)value); break;
            case ElementType.Uint64: BinaryPrimitives.WriteUInt64LittleEndian(to, (ulong)value); break;
            case ElementType.Int32: BinaryPrimitives.WriteInt32LittleEndian(to, (int)value); break;
            case ElementType.Uint32: BinaryPrimitives.WriteUInt32LittleEndian(to, (uint)value); break;
            case ElementType.Int16: BinaryPrimitives.WriteInt16LittleEndian(to, (short)value); break;
            case ElementType.Uint16: BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)value); break;
            case ElementType.Int8: to[0] = (byte)(sbyte)value; break;
            default: to[0] = (byte)value; break;
        }
    }
}
