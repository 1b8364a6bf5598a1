using System.Text.Json.Nodes;

namespace Kelvin.Networks;

/// <summary>Names the first option in which two runs differ.</summary>
internal static class OptionDifference
{
    /// <summary>For example "training.optimiser.learningRate is 0.01 there and 0.02 here"; null if nothing differs.</summary>
    public static string? First(JsonNode? there, JsonNode? here, string path)
    {
        if (there is JsonObject thereObject && here is JsonObject hereObject)
        {
            return thereObject
                .Select(pair => First(pair.Value, hereObject[pair.Key], $"{path}.{pair.Key}"))
                .FirstOrDefault(difference => difference is not null);
        }

        return JsonNode.DeepEquals(there, here) ? null : $"{path} is {Text(there)} there and {Text(here)} here";
    }

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "not set";
}
