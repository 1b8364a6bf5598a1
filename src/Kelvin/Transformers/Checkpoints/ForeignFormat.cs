namespace Kelvin.Transformers.Checkpoints;

/// <summary>Recognises checkpoints of formats that are not read, by their first bytes, and says how to convert them.</summary>
internal static class ForeignFormat
{
    /// <summary>What is wrong if the bytes are a GGUF file or a pickle; null if they are neither.</summary>
    public static ModelFileException? Recognise(ReadOnlySpan<byte> start, string file)
    {
        if (start.StartsWith("GGUF"u8))
        {
            return new ModelFileException(
                file, null, "This is a GGUF file, which Kelvin does not read.",
                "Take the model's own safetensors, or convert it: from_pretrained(folder, gguf_file=name), then save_pretrained, of the Python package transformers.");
        }

        bool isPickle = start.StartsWith("PK\u0003\u0004"u8) || (start.Length >= 2 && start[0] == 0x80 && start[1] is >= 2 and <= 5);
        return isPickle
            ? new ModelFileException(
                file, null, "This is a pickle, which Kelvin does not read: a pickle can run code.",
                "Convert it: save_pretrained(folder, safe_serialization=True) of the Python package transformers.")
            : null;
    }
}
