namespace Kelvin.Transformers.Checkpoints;

/// <summary>What each <see cref="TensorType"/> is called in a file, how many bits it takes, and whether its values are read as float.</summary>
internal static class TensorTypes
{
    private static readonly (string Name, TensorType Type, int Bits)[] Known =
    [
        ("F32", TensorType.F32, 32), ("F16", TensorType.F16, 16), ("BF16", TensorType.BF16, 16), ("F64", TensorType.F64, 64),
        ("BOOL", TensorType.Bool, 8), ("U8", TensorType.U8, 8), ("I8", TensorType.I8, 8), ("U16", TensorType.U16, 16),
        ("I16", TensorType.I16, 16), ("U32", TensorType.U32, 32), ("I32", TensorType.I32, 32), ("U64", TensorType.U64, 64),
        ("I64", TensorType.I64, 64), ("C64", TensorType.C64, 64), ("F8_E4M3", TensorType.F8E4M3, 8), ("F8_E5M2", TensorType.F8E5M2, 8),
        ("F8_E8M0", TensorType.F8E8M0, 8), ("F6_E2M3", TensorType.F6E2M3, 6), ("F6_E3M2", TensorType.F6E3M2, 6), ("F4", TensorType.F4, 4),
    ];

    /// <summary>The type of that name, or null.</summary>
    public static TensorType? Find(string name)
    {
        foreach ((string known, TensorType type, _) in Known)
        {
            if (known == name)
                return type;
        }

        return null;
    }

    public static string Name(this TensorType type) => Of(type).Name;

    public static int Bits(this TensorType type) => Of(type).Bits;

    /// <summary>True for the types of weights: their values fit a float.</summary>
    public static bool IsReadAsFloat(this TensorType type) => type is TensorType.F32 or TensorType.F16 or TensorType.BF16;

    private static (string Name, TensorType Type, int Bits) Of(TensorType type) => Array.Find(Known, known => known.Type == type);
}
