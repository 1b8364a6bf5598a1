using System.Text.Json;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Lab;

public sealed class ClaimsTests
{
    [Fact]
    [Trait("Speed", "Slow")]
    public async Task The_claims_come_out_as_the_reference_found_them()
    {
        using var folder = new TemporaryFolder();

        CliRun run = await CliRun.OfAsync(["lab", "claims", "--quick", "--json", "--html", "claims.html"], folder.FullName);

        Assert.True(run.ExitCode == ExitCode.Good, run.Error);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal("kelvin.lab.claims/1", document.RootElement.GetProperty("schema").GetString());
        Dictionary<string, JsonElement> claims = document.RootElement.GetProperty("claims").EnumerateArray()
            .ToDictionary(claim => claim.GetProperty("id").GetString()!, StringComparer.Ordinal);
        foreach (string holds in new[] { "perturbation", "common-shift", "fluctuation", "drift-exp" })
            Assert.Equal("holds", claims[holds].GetProperty("verdict").GetString());
        foreach (string conditional in new[] { "drift-relu", "large-steps", "width", "limit-describes", "decoupling" })
            Assert.Equal("conditional", claims[conditional].GetProperty("verdict").GetString());
        foreach (string fails in new[] { "safe-step", "limit-superior" })
            Assert.Equal("fails", claims[fails].GetProperty("verdict").GetString());
        Assert.InRange(claims["common-shift"].GetProperty("effect").GetDouble(), 0, 1e-12);
        Assert.True(claims["diffusion"].GetProperty("high").GetDouble() < 0);
        string page = System.Net.WebUtility.HtmlDecode(await folder.ReadAsync("claims.html"));
        Assert.All(claims.Values, claim => Assert.Contains(claim.GetProperty("claim").GetString()!, page, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task In_the_references_setting_its_numbers_come_out_and_a_named_factor_changes_them()
    {
        CliRun run = await CliRun.OfAsync(["lab", "claims", "--differences", "--quick", "--json"]);

        Assert.True(run.ExitCode == ExitCode.Good, run.Error);
        using var document = JsonDocument.Parse(run.Output);
        Dictionary<string, JsonElement> differences = document.RootElement.GetProperty("differences").EnumerateArray()
            .ToDictionary(difference => difference.GetProperty("id").GetString()!, StringComparer.Ordinal);
        double Value(string id, int step, int column) =>
            differences[id].GetProperty("steps")[step].GetProperty("values")[column].GetProperty("value").GetDouble();
        for (int activation = 0; activation < 3; activation++)
            Assert.Equal(0, Value("linear-convergence", 0, activation));
        Assert.InRange(Value("decoupling", 0, 0), 0.3, 0.45);
        Assert.True(Value("large-steps/stability", 0, 3) < 1, "Softmax should be the first to stop fitting random points.");
    }
}
