using Google.Protobuf;
using Kelvin.Inspection.Onnx.Wire;

namespace Kelvin.Inspection.Inputs;

/// <summary>Reads a tensor from a file with one TensorProto, as ONNX's own test data are.</summary>
internal static class TensorProtoFile
{
    /// <summary>Reads the tensor; its name is the one that the file gives, maybe none.</summary>
    public static InputTensor Read(byte[] bytes, string label)
    {
        TensorProto tensor;
        try
        {
            tensor = TensorProto.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException refused)
        {
            throw new InspectionException($"{label} is damaged or no TensorProto: {refused.Message}", "Write it anew, with onnx.numpy_helper.from_array(array, name).SerializeToString().", refused);
        }

        if (tensor.DataLocation == 1 || tensor.ExternalData.Count > 0)
            throw new InspectionException($"{label} keeps its numbers in another file.", "Write the numbers into the tensor itself.");
        if (!Elements.IsKnown(tensor.DataType))
            throw new InspectionException($"{label} holds elements of ONNX type {tensor.DataType}, which Kelvin does not feed.", "Give numbers or booleans.");

        var type = (ElementType)tensor.DataType;
        int count = InputTensor.Count(tensor.Dims, label);
        byte[] data = tensor.HasRawData ? tensor.RawData.ToByteArray() : Elements.Encode(type, Numbers(tensor, type));
        if (data.Length != count * Elements.Size(type))
        {
            throw new InspectionException(
                FormattableString.Invariant($"{label} has {data.Length} bytes of numbers, but its shape {Elements.Shape(tensor.Dims)} of {Elements.Name(type)} takes {count * Elements.Size(type)}."),
                "The file is cut short or damaged; write it anew.");
        }

        return new InputTensor(tensor.Name, type, [.. tensor.Dims], data, label);
    }

    private static List<double> Numbers(TensorProto tensor, ElementType type) => type switch
    {
        ElementType.Float32 => [.. tensor.FloatData.Select(x => (double)x)],
        ElementType.Float64 => [.. tensor.DoubleData],
        ElementType.Int64 => [.. tensor.Int64Data.Select(x => (double)x)],
        ElementType.Uint32 or ElementType.Uint64 => [.. tensor.Uint64Data.Select(x => (double)x)],
        ElementType.Float16 => [.. tensor.Int32Data.Select(x => (double)BitConverter.UInt16BitsToHalf((ushort)x))],
        ElementType.Bfloat16 => [.. tensor.Int32Data.Select(x => (double)BitConverter.UInt32BitsToSingle((uint)x << 16))],
        _ => [.. tensor.Int32Data.Select(x => (double)x)],
    };
}
