using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Kelvin.Diffusion;

/// <summary>The saved state of a denoiser's training: a mark, the step, then each block with its length.</summary>
internal static class DenoiserState
{
    private const string Mark = "kelvin-denoiser/1";

    public static void Save<T>(Stream destination, long step, Memory<T>[] blocks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var writer = new BinaryWriter(destination, Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        writer.Write(Marshal.SizeOf<T>());
        writer.Write(step);
        foreach (Memory<T> block in blocks)
        {
            writer.Write(block.Length);
            writer.Write(MemoryMarshal.AsBytes(block.Span));
        }
    }

    public static long Restore<T>(Stream source, Memory<T>[] blocks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var reader = new BinaryReader(source, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadString() != Mark || reader.ReadInt32() != Marshal.SizeOf<T>())
                throw new InvalidDataException("This is not the saved training of a denoiser of this precision.");
            long step = reader.ReadInt64();
            var read = new T[blocks.Length][];
            for (int i = 0; i < blocks.Length; i++)
            {
                if (reader.ReadInt32() != blocks[i].Length)
                    throw new InvalidDataException("The saved training is of a network of another shape.");
                read[i] = new T[blocks[i].Length];
                source.ReadExactly(MemoryMarshal.AsBytes(read[i].AsSpan()));
            }

            for (int i = 0; i < blocks.Length; i++)
                read[i].CopyTo(blocks[i]);
            return step;
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("The saved training ends too early: it was not written to its end.", exception);
        }
    }
}
