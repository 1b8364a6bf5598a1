using System.Text.Json.Nodes;

namespace Kelvin.Networks;

/// <summary>Whose training a checkpoint holds, told by the key under which its header keeps the model.</summary>
internal static class CheckpointKind
{
    public const string Network = "a two-layer network";
    public const string Transformer = "a transformer";

    /// <summary>What the header belongs to; null where it is none that is known.</summary>
    /// <param name="header">Valid JSON.</param>
    public static string? Of(ReadOnlySpan<byte> header) => JsonNode.Parse(header) switch
    {
        JsonObject root when root.ContainsKey("network") => Network,
        JsonObject root when root.ContainsKey("model") => Transformer,
        _ => null,
    };

    /// <summary>The error of a reader that wants one kind and finds another.</summary>
    public static CheckpointException Other(string name, string found, string wanted, Exception cause) =>
        new(name, $"holds the training of {found}, but that of {wanted} is wanted.", $"Give the file of {wanted}, or open it with what trained it.", cause);
}
