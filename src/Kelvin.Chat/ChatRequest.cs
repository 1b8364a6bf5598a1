using System.Globalization;
using Kelvin.Transformers.Decoding;
using Kelvin.Transformers.Generation;
using Microsoft.Extensions.AI;

namespace Kelvin.Chat;

/// <summary>What the options of a chat ask of the decoder.</summary>
internal static class ChatRequest
{
    public static GenerationRequest Of(int[] prompt, ChatOptions? options, int seed)
    {
        Refuse(options);
        return new GenerationRequest
        {
            Prompt = prompt,
            Policy = Policy(options),
            Sampling = new SamplingOptions
            {
                TopK = options?.TopK,
                TopP = options?.TopP is float p ? Rounded(p) : null,
                MinP = Number(options, ChatFields.MinP),
                RepetitionPenalty = Number(options, ChatFields.RepetitionPenalty) ?? 1,
                Seed = seed,
            },
            MostTokens = options?.MaxOutputTokens,
            Stops = [.. options?.StopSequences ?? []],
            Alternatives = (int)(Number(options, ChatFields.TopLogProbabilities) ?? 0),
        };
    }

    private static ITemperaturePolicy Policy(ChatOptions? options)
    {
        if (options?.AdditionalProperties?.TryGetValue(ChatFields.TemperaturePolicy, out object? policy) == true && policy is not null)
        {
            return policy as ITemperaturePolicy ?? throw new ArgumentException(
                $"{ChatFields.TemperaturePolicy} is of type {policy.GetType().Name}, but must be an {nameof(ITemperaturePolicy)}.", nameof(options));
        }

        double? target = Number(options, ChatFields.TargetEntropy);
        if (target is not null && options?.Temperature is not null)
            throw new ArgumentException($"Temperature and {ChatFields.TargetEntropy} are both given, but only one can decide; leave one out.", nameof(options));
        return target is double entropy ? new TargetEntropyTemperature(entropy) : new FixedTemperature(Rounded(options?.Temperature ?? 1));
    }

    /// <summary>What would be passed over in silence otherwise.</summary>
    private static void Refuse(ChatOptions? options)
    {
        if (options is null)
            return;
        if (options.Tools is { Count: > 0 })
            throw new NotSupportedException("Tools are given, but this model cannot call any; leave them out.");
        if (options.ResponseFormat is ChatResponseFormatJson)
            throw new NotSupportedException("A JSON response format is asked for, but nothing here holds a model to it; leave it out and check the answer.");
        if (options.FrequencyPenalty is not (null or 0) || options.PresencePenalty is not (null or 0))
            throw new NotSupportedException($"Frequency and presence penalties are not supported; {ChatFields.RepetitionPenalty} is.");
    }

    /// <summary>The decimal number that was meant: 0.7f is 0.7, not 0.69999998807907104.</summary>
    private static double Rounded(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double? Number(ChatOptions? options, string name)
    {
        if (options?.AdditionalProperties?.TryGetValue(name, out object? value) != true || value is null)
            return null;
        return value switch
        {
            float single => Rounded(single),
            System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.Number } json => json.GetDouble(),
            IConvertible number when number is not string => number.ToDouble(CultureInfo.InvariantCulture),
            _ => throw new ArgumentException($"{name} is of type {value.GetType().Name}, but must be a number.", nameof(options)),
        };
    }
}
