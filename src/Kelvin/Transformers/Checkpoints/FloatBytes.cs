using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Turns stored weights into float and back.</summary>
internal static class FloatBytes
{
    private const int Part = 1 << 18;   // elements converted at a time

    /// <summary>Reads as many elements as the destination holds; F32 goes straight into it, the halves through a rented buffer.</summary>
    public static void Read(IByteSource source, long offset, TensorType type, Span<float> destination)
    {
        if (type == TensorType.F32)
        {
            source.Read(offset, MemoryMarshal.AsBytes(destination));
            return;
        }

        ushort[] rented = ArrayPool<ushort>.Shared.Rent(Math.Min(Part, destination.Length));
        while (!destination.IsEmpty)
        {
            Span<ushort> bits = rented.AsSpan(0, Math.Min(Part, destination.Length));
            source.Read(offset, MemoryMarshal.AsBytes(bits));
            if (type == TensorType.BF16)
                BrainFloat.Widen(bits, destination[..bits.Length]);
            else
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<ushort, Half>(bits), destination);
            destination = destination[bits.Length..];
            offset += bits.Length * sizeof(ushort);
        }

        ArrayPool<ushort>.Shared.Return(rented);
    }

    /// <summary>Writes values as the type stores them, rounded to nearest even.</summary>
    public static void Write(Stream destination, TensorType type, ReadOnlySpan<float> values)
    {
        if (type == TensorType.F32)
        {
            destination.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        ushort[] rented = ArrayPool<ushort>.Shared.Rent(Math.Min(Part, values.Length));
        while (!values.IsEmpty)
        {
            Span<ushort> bits = rented.AsSpan(0, Math.Min(Part, values.Length));
            if (type == TensorType.BF16)
                BrainFloat.Narrow(values[..bits.Length], bits);
            else
                TensorPrimitives.ConvertToHalf(values[..bits.Length], MemoryMarshal.Cast<ushort, Half>(bits));
            destination.Write(MemoryMarshal.AsBytes(bits));
            values = values[bits.Length..];
        }

        ArrayPool<ushort>.Shared.Return(rented);
    }
}
