using System.Text.Json;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>What the families read alike.</summary>
internal static class ConfigReading
{
    /// <summary>The width of a head: its own key, or the model's width over the heads.</summary>
    public static int HeadSize(JsonFields root, ConfigKeys keys, int width, int heads)
    {
        if (root.FindInteger(ConfigKeys.HeadSize) is { } own)
            return own;
        if (heads <= 0)
            throw root.Fault(keys.Heads, FormattableString.Invariant($"is {heads}, but must be at least 1"));
        return width % heads == 0 ? width / heads : throw new ModelFileException(
            root.File, null, ConfigRules.NotDivisible(keys.Width, width, keys.Heads, heads), "Use the file that belongs to these weights, or name head_dim.");
    }

    public static ActivationKind Activation(JsonFields root, string key, ActivationKind otherwise) => root.FindText(key) switch
    {
        null => otherwise,
        "silu" or "swish" => ActivationKind.Silu,
        "gelu" => ActivationKind.Gelu,
        "gelu_new" or "gelu_pytorch_tanh" or "gelu_fast" => ActivationKind.GeluTanh,
        "relu" => ActivationKind.Relu,
        { } name => throw root.Fault(key, $"is {name}, which is not supported: the supported ones are silu, gelu, gelu_new and relu", "Use another checkpoint."),
    };

    /// <summary>One token, a list of them, or none.</summary>
    public static IReadOnlyList<int> EndTokens(JsonFields root) => root.Find(ConfigKeys.EndTokens) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(token => root.Integer(token, ConfigKeys.EndTokens))],
        { } token => [root.Integer(token, ConfigKeys.EndTokens)],
    };
}
