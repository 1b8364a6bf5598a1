using System.Text.Json.Serialization;

namespace Kelvin.Networks;

/// <summary>How the header is written: names of enums, NaN and infinities as words, doubles so that they come back to the bit.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(CheckpointHeader))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
