using System.Text.Json;

namespace Kelvin.Conformance;

/// <summary>ONNX graphs (NAME.onnx) with the statistics of their softmaxes beside them (NAME.expected.json).</summary>
internal sealed class OnnxFormat : IFixtureFormat
{
    /// <summary>How far a statistic of a model run in float may be from that of one run in double.</summary>
    public static Tolerance Agreement { get; } = new(false, false, (1e-4, 1e-4), (1e-4, 1e-4));

    private static readonly string[] Rows = ["rows_max_logit", "rows_lse", "rows_entropy", "rows_max_prob"];

    public bool Recognises(string path, JsonElement root) =>
        path.EndsWith(".expected.json", StringComparison.Ordinal)
        && root.TryGetProperty("softmax_nodes", out _) && root.TryGetProperty("model", out JsonElement model)
        && model.ValueKind == JsonValueKind.String && model.GetString()!.EndsWith(".onnx", StringComparison.Ordinal);

    public IEnumerable<FixtureCase> Read(string path, JsonElement root)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string model = root.GetProperty("model").GetString()!;
        int number = 0;
        foreach (JsonElement element in root.GetProperty("cases").EnumerateArray())
        {
            JsonElement inputs = JsonSerializer.SerializeToElement(new { model, inputs = element.GetProperty("inputs") });
            var expected = new List<ExpectedField> { new("softmax_nodes", JsonNumbers.Flatten(root.GetProperty("softmax_nodes")), Tolerance.Exact) };
            foreach (JsonElement site in Sites(element))
                expected.AddRange(Fields(site));
            yield return new FixtureCase(FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(model)}#{number++}"), "models/onnx", new FixtureInputs(inputs, folder), expected);
        }
    }

    private static IEnumerable<JsonElement> Sites(JsonElement element) =>
        element.GetProperty("softmax").EnumerateArray().Concat(element.TryGetProperty("fused_attention", out JsonElement fused) ? fused.EnumerateArray() : []);

    private static IEnumerable<ExpectedField> Fields(JsonElement site)
    {
        string name = site.GetProperty("name").GetString()!;
        string label = name.Length > 0 ? name : site.GetProperty("output").GetString()!;
        foreach (string field in Rows)
            yield return new ExpectedField($"{label}.{field}", JsonNumbers.Flatten(site.GetProperty(field)), Agreement);
        yield return new ExpectedField($"{label}.rows_argmax", JsonNumbers.Flatten(site.GetProperty("rows_argmax")), Tolerance.Exact);
        yield return new ExpectedField($"{label}.row_length", JsonNumbers.Flatten(site.GetProperty("row_length")), Tolerance.Exact);
        if (!site.TryGetProperty("per_head_axis1", out JsonElement heads))
            yield break;
        foreach (string field in new[] { "mean_entropy", "max_logit", "mean_max_prob" })
            yield return new ExpectedField($"{label}.heads.{field}", [.. heads.EnumerateArray().Select(head => JsonNumbers.Read(head.GetProperty(field)))], Agreement);
    }
}
