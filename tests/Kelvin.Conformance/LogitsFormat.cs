using System.Text.Json;

namespace Kelvin.Conformance;

/// <summary>Real logits (NAME.csv.gz) with the temperature and metrics they must give beside them (NAME.expected.json).</summary>
internal sealed class LogitsFormat : IFixtureFormat
{
    /// <summary>The expected metrics have about 9 digits, the temperature 7; all must agree to 1e-5.</summary>
    private const double Agreement = 1e-5;

    private static readonly string[] Parts = ["calibration", "test"];

    private static readonly string[] Counts = ["rows", "calibration_rows"];

    private static readonly Tolerance Relative = new(false, false, (Agreement, 0), (Agreement, 0));

    private static readonly Tolerance Absolute = new(false, false, (0, Agreement), (0, Agreement));

    public bool Recognises(string path, JsonElement root) =>
        path.EndsWith(".expected.json", StringComparison.Ordinal)
        && root.TryGetProperty("file", out _) && root.TryGetProperty("fitted_temperature", out _);

    public IEnumerable<FixtureCase> Read(string path, JsonElement root)
    {
        var expected = new List<ExpectedField> { new("fitted_temperature", JsonNumbers.Flatten(root.GetProperty("fitted_temperature")), Relative) };
        foreach (string count in Counts.Where(count => root.TryGetProperty(count, out _)))
            expected.Add(new ExpectedField(count, JsonNumbers.Flatten(root.GetProperty(count)), Tolerance.Exact));
        foreach (string part in Parts.Where(part => root.TryGetProperty(part, out _)))
        {
            foreach (JsonProperty when in root.GetProperty(part).EnumerateObject())
            {
                foreach (JsonProperty metric in when.Value.EnumerateObject())
                {
                    Tolerance tolerance = string.Equals(metric.Name, "temperature", StringComparison.Ordinal) ? Relative : Absolute;
                    expected.Add(new ExpectedField($"{part}.{when.Name}.{metric.Name}", JsonNumbers.Flatten(metric.Value), tolerance));
                }
            }
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string id = Path.GetFileName(path)[..^".expected.json".Length];
        yield return new FixtureCase(id, "logits", new FixtureInputs(root, folder), expected);
    }
}
