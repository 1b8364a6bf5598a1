namespace Kelvin.Transformers.Checkpoints;

/// <summary>Moves a weight out of, and into, a tensor that keeps it transposed or beside others.</summary>
internal static class WeightSlices
{
    /// <summary>Copies a weight of shape [out, in] out of its tensor.</summary>
    public static void Take(ReadOnlySpan<float> tensor, StoredWeight stored, WeightShape shape, Span<float> weight)
    {
        if (!stored.IsTransposed)
        {
            tensor.Slice(stored.Slice * weight.Length, weight.Length).CopyTo(weight);
            return;
        }

        int stride = shape.Rows * stored.Slices;
        for (int input = 0; input < shape.Columns; input++)
        {
            ReadOnlySpan<float> outputs = tensor.Slice((input * stride) + (stored.Slice * shape.Rows), shape.Rows);
            for (int output = 0; output < outputs.Length; output++)
                weight[(output * shape.Columns) + input] = outputs[output];
        }
    }

    /// <summary>Copies lines of a weight, as its tensor keeps them, out of the file.</summary>
    public static void TakeLines(SafetensorsFile file, StoredWeight stored, WeightShape shape, int first, Span<float> lines)
    {
        TensorInfo tensor = file.FindWeights(stored.Tensor);
        if (!stored.IsTransposed || stored.Slices == 1)
        {
            int length = stored.IsTransposed ? shape.Rows : shape.Columns;
            file.ReadPart(tensor, (((long)stored.Slice * shape.Rows) + first) * length, lines);
            return;
        }

        long stride = (long)shape.Rows * stored.Slices;
        for (; !lines.IsEmpty; lines = lines[shape.Rows..], first++)
            file.ReadPart(tensor, (first * stride) + ((long)stored.Slice * shape.Rows), lines[..shape.Rows]);
    }

    /// <summary>Copies a weight of shape [out, in] to its place in a tensor.</summary>
    public static void Put(ReadOnlySpan<float> weight, StoredWeight stored, WeightShape shape, Span<float> tensor)
    {
        if (!stored.IsTransposed)
        {
            weight.CopyTo(tensor[(stored.Slice * weight.Length)..]);
            return;
        }

        int stride = shape.Rows * stored.Slices;
        for (int input = 0; input < shape.Columns; input++)
        {
            Span<float> outputs = tensor.Slice((input * stride) + (stored.Slice * shape.Rows), shape.Rows);
            for (int output = 0; output < outputs.Length; output++)
                outputs[output] = weight[(output * shape.Columns) + input];
        }
    }
}
