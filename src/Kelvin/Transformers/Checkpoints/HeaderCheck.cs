using System.Globalization;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Holds what a header says about its tensors against itself and against the length of the data.</summary>
internal static class HeaderCheck
{
    private const string Damaged = "The file is damaged or made wrongly: fetch or write it again.";

    /// <summary>One tensor: a known type, and a shape that takes as many bytes as its offsets span, all of them there.</summary>
    public static TensorInfo Tensor(HeaderEntry entry, long dataLength, string file)
    {
        if (TensorTypes.Find(entry.Type) is not { } type)
            throw Fault(file, entry.Name, $"unknown dtype {entry.Type}.", "Kelvin reads F32, F16 and BF16: write the tensor as one of them.");
        if (entry.Begin > entry.End)
            throw Fault(file, entry.Name, Invariant($"data_offsets run backwards, from {entry.Begin} to {entry.End}."), Damaged);

        Int128 bits = type.Bits();
        foreach (long size in entry.Shape)
        {
            if (size != 0 && bits > long.MaxValue / (Int128)size)
                throw Fault(file, entry.Name, $"shape {TensorInfo.Text(entry.Shape)} overflows: its size does not fit 64 bits.", Damaged);
            bits *= size;
        }

        if (entry.End > dataLength)
        {
            throw Fault(
                file, entry.Name, Invariant($"ends at byte {entry.End}, beyond the data section of {dataLength} bytes."),
                "The file is cut off or made wrongly: fetch or write it again.");
        }

        if (bits != (Int128)(entry.End - entry.Begin) * 8)
        {
            throw Fault(
                file, entry.Name,
                Invariant($"shape {TensorInfo.Text(entry.Shape)} of {entry.Type} needs {(bits + 7) / 8} bytes, but its offsets span {entry.End - entry.Begin}."),
                Damaged);
        }

        return new TensorInfo(entry.Name, type, entry.Shape, entry.Begin, entry.End - entry.Begin);
    }

    /// <summary>All tensors, sorted by their first byte: they cover the data without overlap, gap or rest.</summary>
    public static void Cover(ReadOnlySpan<TensorInfo> sorted, long dataLength, string file)
    {
        long end = 0;
        TensorInfo? last = null;
        foreach (TensorInfo tensor in sorted)
        {
            if (tensor.Begin < end)
                throw new ModelFileException(file, tensor.Name, $"The tensors {last!.Name} and {tensor.Name} overlap.", Damaged);
            if (tensor.Begin > end)
                throw new ModelFileException(file, tensor.Name, Invariant($"There is a gap: bytes {end}..{tensor.Begin} of the data belong to no tensor."), Damaged);
            end = tensor.End;
            last = tensor;
        }

        if (end < dataLength)
        {
            throw new ModelFileException(
                file, null, Invariant($"The data section is longer than the tensors: {dataLength - end} bytes after the last belong to none."), Damaged);
        }
    }

    private static ModelFileException Fault(string file, string tensor, string problem, string remedy) =>
        new(file, tensor, $"tensor {tensor}: {problem}", remedy);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
