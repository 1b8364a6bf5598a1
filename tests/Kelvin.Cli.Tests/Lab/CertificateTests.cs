using System.Text.Json;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Lab;

public sealed class CertificateTests
{
    [Fact]
    public async Task It_says_how_many_certificates_hold_and_that_no_run_left_its_own()
    {
        CliRun run = await CliRun.OfAsync(["lab", "certificate", "--quick"]);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.StartsWith("3 of 3 certificates hold. No run left its certificate", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, CliHost.PipedWidth));
    }

    [Fact]
    public async Task Its_document_is_the_same_on_any_threads_and_every_loss_is_below_its_bound()
    {
        string[] command = ["lab", "certificate", "--quick", "--data", "iris", "--rows", "6", "--steps", "100", "--json", "--threads"];

        CliRun one = await CliRun.OfAsync([.. command, "1"]);
        CliRun three = await CliRun.OfAsync([.. command, "3"]);

        Assert.Equal(one.Output, three.Output);
        using var document = JsonDocument.Parse(one.Output);
        Assert.Equal("kelvin.lab.certificate/1", document.RootElement.GetProperty("schema").GetString());
        Assert.Equal(0, document.RootElement.GetProperty("violations").GetInt32());
        foreach (JsonElement run in document.RootElement.GetProperty("runs").EnumerateArray())
        {
            JsonElement last = run.GetProperty("curve").EnumerateArray().Last();
            Assert.Equal(100, last.GetProperty("step").GetInt32());
            Assert.InRange(last.GetProperty("loss").GetDouble(), 0, last.GetProperty("lossBound").GetDouble());
            Assert.InRange(last.GetProperty("distance").GetDouble(), 0, last.GetProperty("distanceBound").GetDouble());
        }
    }

    [Fact]
    public async Task A_step_past_the_edge_names_the_assumption_that_fails()
    {
        CliRun run = await CliRun.OfAsync(["lab", "certificate", "--quick", "--step", "1.5", "--activation", "exp", "--steps", "20"]);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.Contains("assumed, step: NO.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_bound_and_measured_curve()
    {
        using var folder = new TemporaryFolder();

        CliRun run = await CliRun.OfAsync(["lab", "certificate", "--quick", "--activation", "softmax", "--html", "proof.html"], folder.FullName);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        string page = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "proof.html"), TestContext.Current.CancellationToken);
        Assert.Contains("Loss of the softmax network", page, StringComparison.Ordinal);
        Assert.Contains("What is assumed, checked on these data", page, StringComparison.Ordinal);
    }
}
