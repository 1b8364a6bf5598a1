namespace Kelvin.Inspection.Onnx;

/// <summary>Knows the files that people take for models and that Kelvin does not read, by their first bytes or their ending.</summary>
internal static class ForeignFile
{
    /// <summary>Bytes that are looked at.</summary>
    public const int Looked = 16;

    private const string FromPyTorch = "Load it where you trust it and save it as safetensors: model.save_pretrained(DIR, safe_serialization=True) of the Python package transformers; or export it: torch.onnx.export(model, example_inputs, \"model.onnx\").";
    private const string FromGguf = "Take the safetensors it was made from; or convert it: from_pretrained(DIR, gguf_file=NAME), then save_pretrained, of the Python package transformers.";
    private const string FromFile = "Name the folder that holds it, with its config.json.";

    /// <summary>Refuses a file of another kind, by name and with the way to convert it.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <param name="label">The file as the user named it.</param>
    public static void Refuse(ReadOnlySpan<byte> start, string label)
    {
        (string What, string Remedy)? known = ByBytes(start) ?? ByEnding(Path.GetExtension(label));
        if (known is { } foreign)
            throw new InspectionException($"{label} is {foreign.What}, which kelvin inspect does not read.", foreign.Remedy);
    }

    private static (string What, string Remedy)? ByBytes(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("GGUF"u8) || start.StartsWith("ggml"u8) || start.StartsWith("lmgg"u8) || start.StartsWith("tjgg"u8))
            return ("a GGUF model", FromGguf);
        if (start.StartsWith("PK\x03\x04"u8))
            return ("a zip archive, as PyTorch writes its pickles (.pt, .bin, .ckpt)", FromPyTorch);
        if (start.Length > 1 && start[0] == 0x80 && start[1] is >= 2 and <= 5)
            return ("a pickle, which runs code when it is loaded", FromPyTorch);
        if (start.Length > 3 && start[0] == 0x89 && start[1..4].SequenceEqual("HDF"u8))
            return ("an HDF5 file, as Keras writes", "Export it with tf2onnx: python -m tf2onnx.convert --keras model.h5 --output model.onnx.");
        if (start.Length >= 8 && start[4..8].SequenceEqual("TFL3"u8))
            return ("a TensorFlow Lite model", "Convert it: python -m tf2onnx.convert --tflite model.tflite --output model.onnx.");
        if (start.Length >= 8 && start[4..8].SequenceEqual("ORTM"u8))
            return ("a model in ONNX Runtime's own format", "Take the .onnx file it was made from.");
        if (start.Length > 8 && start[8] == (byte)'{' && start[5] == 0 && start[6] == 0 && start[7] == 0)
            return ("a safetensors file", FromFile);
        return null;
    }

    private static (string What, string Remedy)? ByEnding(string ending) => ending.ToLowerInvariant() switch
    {
        ".gguf" or ".ggml" => ("a GGUF model by its name", FromGguf),
        ".pt" or ".pth" or ".bin" or ".ckpt" or ".pkl" or ".pickle" => ("a PyTorch pickle by its name", FromPyTorch),
        ".safetensors" => ("a safetensors file by its name", FromFile),
        _ => null,
    };
}
