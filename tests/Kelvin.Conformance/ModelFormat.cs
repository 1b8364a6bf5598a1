using System.Text.Json;

namespace Kelvin.Conformance;

/// <summary>What a model must compute (golden.json beside its config.json): cases or prompts of token ids, and the likelihood of a text.</summary>
internal sealed class ModelFormat : IFixtureFormat
{
    /// <summary>Inference is in float, whatever the precision asked for.</summary>
    private const double Agreement = 1e-4;

    private const double LogitAgreement = 2e-4;

    private static readonly string[] Attention = ["entropy", "max_logit", "max_prob", "argmax_key"];

    public bool Recognises(string path, JsonElement root) =>
        Path.GetFileName(path) == "golden.json" && File.Exists(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "config.json"))
        && (root.TryGetProperty("cases", out _) || root.TryGetProperty("prompts", out _));

    public IEnumerable<FixtureCase> Read(string path, JsonElement root)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string name = Path.GetFileName(folder);
        int index = 0;
        foreach (string list in (string[])["cases", "prompts"])
        {
            if (!root.TryGetProperty(list, out JsonElement elements))
                continue;
            foreach (JsonElement element in elements.EnumerateArray())
                yield return Case($"{name}.{index++}", folder, element, [.. Expected(element)]);
        }

        if (root.TryGetProperty("nll", out JsonElement nll) && nll.TryGetProperty("token_ids", out _))
            yield return Case($"{name}.nll", folder, nll, [.. Likelihood(nll)]);
    }

    private static FixtureCase Case(string id, string folder, JsonElement element, IReadOnlyList<ExpectedField> expected) =>
        new(id, "models", new FixtureInputs(element, folder), expected);

    private static IEnumerable<ExpectedField> Expected(JsonElement element)
    {
        foreach (string field in (string[])["last_logits", "lse_per_position", "entropy_per_position", "mean_nll"])
        {
            if (element.TryGetProperty(field, out JsonElement value) && value.ValueKind != JsonValueKind.Null)
                yield return Field(field, value, Absolute(Agreement));
        }

        if (element.TryGetProperty("argmax_per_position", out JsonElement best))
            yield return Field("argmax_per_position", best, Tolerance.Exact);
        if (element.TryGetProperty("last_position", out JsonElement last))
        {
            yield return Field("logits_first16", last.GetProperty("logits_first16"), Absolute(LogitAgreement));
            yield return Field("argmax", last.GetProperty("argmax"), Tolerance.Exact);
            foreach (JsonElement at in last.GetProperty("temperature").EnumerateArray())
            {
                foreach (string field in (string[])["entropy", "max_prob", "lse"])
                    yield return Field($"{field}@{at.GetProperty("temperature")}", at.GetProperty(field), Absolute(2 * LogitAgreement));
            }
        }

        if (element.TryGetProperty("greedy", out JsonElement greedy))
            yield return Field("greedy", greedy.GetProperty("token_ids"), Tolerance.Exact);
        if (!element.TryGetProperty("attention", out JsonElement attention))
            yield break;
        foreach (string field in Attention)
        {
            double[] values = [.. attention.EnumerateArray().SelectMany(layer => layer.EnumerateArray())
                .SelectMany(head => JsonNumbers.Flatten(head.GetProperty(field)))];
            yield return new ExpectedField($"attention.{field}", values, field == "argmax_key" ? Tolerance.Exact : Absolute(Agreement));
        }
    }

    private static IEnumerable<ExpectedField> Likelihood(JsonElement nll)
    {
        foreach (JsonElement at in nll.GetProperty("by_temperature").EnumerateArray())
            yield return Field($"mean_nll@{at.GetProperty("temperature")}", at.GetProperty("mean_nll"), Absolute(Agreement));
    }

    private static ExpectedField Field(string name, JsonElement value, Tolerance tolerance) => new(name, JsonNumbers.Flatten(value), tolerance);

    private static Tolerance Absolute(double error) => new(false, false, (0, error), (0, error));
}
