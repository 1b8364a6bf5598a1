using System.Text.Json;
using Kelvin.Conformance;

namespace Kelvin.Tests.Conformance;

public sealed class ConformanceTests
{
    private static readonly string Fixtures = Path.Combine(Repository.Root, "tests", "fixtures");

    [Fact]
    public void Every_fixture_case_of_a_family_that_is_built_passes()
    {
        IReadOnlyList<FileResult> files = ConformanceRun.Evaluate(Fixtures);

        Assert.Empty(files.SelectMany(file => file.Failures));
        Assert.Contains(files, file => file is { File: "theory/fixtures.json", Cases: 57, Passed: 57 });
        Assert.Equal(2, files.Count(file => file.File.StartsWith("calibration/", StringComparison.Ordinal)));
        Assert.Equal(7, files.Count(file => file.File.StartsWith("onnx/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("softmax", 15)]
    [InlineData("softmax_backward", 3)]
    [InlineData("temperature_for_entropy", 5)]
    [InlineData("temperature_calibration", 2)]
    [InlineData("calibration", 2)]
    [InlineData("net", 7)]
    [InlineData("gd", 4)]
    [InlineData("kernel_limit", 3)]
    [InlineData("kernel_prediction", 1)]
    [InlineData("attention", 3)]
    public void A_family_can_be_run_alone(string family, int cases)
    {
        FileResult file = Assert.Single(ConformanceRun.Evaluate(Fixtures, [family]));

        Assert.Equal((cases, cases), (file.Cases, file.Passed));
    }

    [Theory]
    [InlineData("mixture_score", 5, 10)]
    [InlineData("diffusion_step", 3, 4)]
    [InlineData("sampler_ode", 2, 3)]
    [InlineData("sample_metrics", 2, 4)]
    public void A_family_of_diffusion_passes_in_the_reference_and_in_further_cases(string family, int reference, int further)
    {
        IReadOnlyList<FileResult> files = ConformanceRun.Evaluate(Fixtures, [family]);

        Assert.All(files, file => Assert.Equal(file.Cases, file.Passed));
        Assert.Equal([further, reference], files.OrderBy(file => file.File, StringComparer.Ordinal).Select(file => file.Cases));
    }

    [Fact]
    public void What_is_not_checked_is_said_with_the_reason()
    {
        using var folder = new FixtureFolder("""{ "id": "strange", "family": "charm", "inputs": {}, "expected": {}, "tolerance": {} }""");

        FileResult file = Assert.Single(ConformanceRun.Evaluate(folder.Path));

        Skip strange = Assert.Single(file.Skipped);
        Assert.True(strange.Id == "strange" && strange.Fields is null && strange.Reason.Contains("charm", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_answer_fails_and_a_missing_one_too()
    {
        using var folder = new FixtureFolder("""
            { "id": "wrong", "family": "softmax", "inputs": { "z": [0, 0], "T": 1 },
              "expected": { "p": ["0.5", "0.5000001"] }, "tolerance": { "p": { "mode": "elem", "double": 1e-12, "abs_double": 0, "float": 1e-3, "abs_float": 0 } } },
            { "id": "unheard-of", "family": "softmax", "inputs": { "z": [0, 0], "T": 1 },
              "expected": { "charm": "1" }, "tolerance": { "charm": { "mode": "exact" } } },
            { "id": "throws", "family": "softmax", "inputs": { "T": 1 }, "expected": {}, "tolerance": {} }
            """);

        FileResult file = Assert.Single(ConformanceRun.Evaluate(folder.Path));

        Assert.Equal(["wrong", "unheard-of", "throws"], file.Failed);
        Assert.Equal(0, file.Passed);
        Assert.Contains(file.Failures, failure => failure is { Id: "wrong", Precision: Precision.Double });
        Assert.DoesNotContain(file.Failures, failure => failure is { Id: "wrong", Precision: Precision.Float });
        Assert.Equal("wrong", file.Worst!.Id);
    }

    [Fact]
    public void Infinities_and_decimals_of_forty_digits_are_understood()
    {
        using var folder = new FixtureFolder("""
            { "id": "masked", "family": "softmax", "inputs": { "z": ["-inf", 1], "T": 1 },
              "expected": { "p": ["1.1e-4343", "1.000000000000000000000000000000000000000"], "log_p": ["-inf", "0"], "margin_logit": "inf", "n_unmasked": 1 },
              "tolerance": { "p": { "mode": "elem", "double": 1e-14, "abs_double": 0, "float": 1e-6, "abs_float": 0 },
                             "log_p": { "mode": "array", "double": 1e-14, "abs_double": 0, "float": 1e-6, "abs_float": 0 },
                             "margin_logit": { "mode": "elem", "double": 0, "abs_double": 0, "float": 0, "abs_float": 0 }, "n_unmasked": { "mode": "exact" } } }
            """);

        Assert.Equal(1, Assert.Single(ConformanceRun.Evaluate(folder.Path)).Passed);
    }

    [Fact]
    public void Files_of_other_formats_are_passed_over_and_broken_fixtures_are_not()
    {
        using var folder = new FixtureFolder("""{ "id": "no family" }""");
        File.WriteAllText(Path.Combine(folder.Path, "other.json"), """{ "format": "other" }""");
        File.WriteAllText(Path.Combine(folder.Path, "text.json"), "not json");

        FileResult file = Assert.Single(ConformanceRun.Evaluate(folder.Path));

        Assert.Equal(["(unreadable)"], file.Failed);
    }

    [Fact]
    public void The_JSON_document_has_one_entry_a_file()
    {
        using JsonDocument document = JsonDocument.Parse(JsonReport.Render(ConformanceRun.Evaluate(Fixtures, ["gd", "attention"])));

        JsonElement root = document.RootElement;
        JsonElement file = Assert.Single(root.GetProperty("files").EnumerateArray());
        Assert.Equal("kelvin-conformance/1", root.GetProperty("schema").GetString());
        Assert.Equal(7, file.GetProperty("cases").GetInt32());
        Assert.Equal(7, file.GetProperty("passed").GetInt32());
        Assert.Equal(0, file.GetProperty("failed").GetArrayLength());
        Assert.Equal(0, file.GetProperty("skipped").GetArrayLength());
        Assert.Contains(file.GetProperty("worst").GetProperty("precision").GetString(), (string[])["double", "float"], StringComparer.Ordinal);
    }

    [Fact]
    public void The_text_names_files_cases_and_reasons()
    {
        using var folder = new FixtureFolder("""{ "id": "strange", "family": "charm", "inputs": {}, "expected": {}, "tolerance": {} }""");

        string text = TextReport.Render([.. ConformanceRun.Evaluate(Fixtures, ["gd", "attention"]), .. ConformanceRun.Evaluate(folder.Path)]);

        Assert.Contains("theory/fixtures.json: 7 cases, 7 passed, 0 failed, 0 skipped", text, StringComparison.Ordinal);
        Assert.Contains("skipped (the family 'charm' is unknown to this program): strange", text, StringComparison.Ordinal);
        Assert.EndsWith("7 passed, 0 failed, 1 skipped\n", text, StringComparison.Ordinal);
    }
}
