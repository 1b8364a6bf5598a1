using System.Text.Json;

namespace Kelvin.Conformance;

/// <summary>Real ONNX models of a package, run on a formula: each model is a case, skipped where its file is not to be had.</summary>
internal sealed class RealOnnxFormat : IFixtureFormat
{
    private static readonly string[] Means = ["mean_entropy", "min_entropy", "max_entropy", "max_logit", "mean_lse", "mean_max_prob"];

    private static readonly string[] OfHeads = ["mean_entropy", "max_logit", "mean_max_prob"];

    public bool Recognises(string path, JsonElement root) =>
        Path.GetFileName(path) == "real-models.expected.json" && root.TryGetProperty("models", out JsonElement models) && models.ValueKind == JsonValueKind.Array;

    public IEnumerable<FixtureCase> Read(string path, JsonElement root)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (JsonElement model in root.GetProperty("models").EnumerateArray())
        {
            string id = Path.GetFileNameWithoutExtension(model.GetProperty("file").GetString()!);
            var expected = new List<ExpectedField> { new("softmax_nodes", [model.GetProperty("softmax").GetArrayLength()], Tolerance.Exact) };
            foreach (JsonElement site in model.GetProperty("softmax").EnumerateArray())
                expected.AddRange(Fields(site));
            yield return new FixtureCase(id, "models/onnx-real", new FixtureInputs(model, folder), expected);
        }
    }

    private static IEnumerable<ExpectedField> Fields(JsonElement site)
    {
        string label = site.GetProperty("node").GetString()!;
        yield return new ExpectedField($"{label}.axis", JsonNumbers.Flatten(site.GetProperty("axis")), Tolerance.Exact);
        yield return new ExpectedField($"{label}.shape", JsonNumbers.Flatten(site.GetProperty("shape")), Tolerance.Exact);
        foreach (string field in Means)
            yield return new ExpectedField($"{label}.{field}", JsonNumbers.Flatten(site.GetProperty(field)), OnnxFormat.Agreement);
        if (!site.TryGetProperty("per_head", out JsonElement heads))
            yield break;
        foreach (string field in OfHeads)
            yield return new ExpectedField($"{label}.heads.{field}", [.. heads.EnumerateArray().Select(head => JsonNumbers.Read(head.GetProperty(field)))], OnnxFormat.Agreement);
    }
}
