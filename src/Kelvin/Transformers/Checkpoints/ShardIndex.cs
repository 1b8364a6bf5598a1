using System.Text.Json;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Reads <c>model.safetensors.index.json</c>: which shard holds which tensor.</summary>
internal static class ShardIndex
{
    /// <summary>The file of every tensor; each is a plain name inside the model's folder.</summary>
    /// <exception cref="ModelFileException">It is no such index, or names a file that is not in the folder.</exception>
    public static Dictionary<string, string> Parse(ReadOnlyMemory<byte> json, string file)
    {
        using JsonDocument document = JsonFile.Parse(json, file);
        var map = new JsonFields(document.RootElement, file).GetObject("weight_map");
        var shards = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string tensor in map.Keys)
        {
            string shard = map.GetText(tensor);
            if (!IsPlainName(shard))
            {
                throw new ModelFileException(
                    file, tensor, $"The shard {shard} of tensor {tensor} leaves the model folder or is no plain file name.",
                    "It is not opened: every shard must lie beside its index.");
            }

            shards.Add(tensor, shard);
        }

        return shards.Count > 0 ? shards : throw new ModelFileException(file, null, "weight_map names no tensor.", "Fetch the index again.");
    }

    private static bool IsPlainName(string shard) =>
        shard.Length > 0 && shard is not ("." or "..") && shard.AsSpan().IndexOfAny("/\\:\0") < 0;
}
