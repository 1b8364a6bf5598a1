using System.Buffers.Binary;
using System.Text;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Tests.Transformers.Checkpoints;

/// <summary>Safetensors files made by hand: a header as it stands and so many bytes of data.</summary>
internal static class SafetensorsText
{
    public static byte[] Make(string header, params byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        data.CopyTo(file, 8 + json.Length);
        return file;
    }

    public static SafetensorsFile Open(string header, params byte[] data) => SafetensorsFile.FromMemory(Make(header, data), "made.safetensors");
}
