namespace Kelvin.Inspection.Inputs;

/// <summary>Types of tensor elements, with ONNX's numbers.</summary>
internal enum ElementType
{
    Float32 = 1,
    Uint8 = 2,
    Int8 = 3,
    Uint16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
    Float64 = 11,
    Uint32 = 12,
    Uint64 = 13,
    Bfloat16 = 16,
}
