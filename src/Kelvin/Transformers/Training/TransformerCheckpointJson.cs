using System.Text.Json.Serialization;

namespace Kelvin.Transformers.Training;

/// <summary>How the header is written: names of enums, NaN and infinities as words, doubles so that they come back to the bit.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(TransformerCheckpointHeader))]
internal sealed partial class TransformerCheckpointJson : JsonSerializerContext;
