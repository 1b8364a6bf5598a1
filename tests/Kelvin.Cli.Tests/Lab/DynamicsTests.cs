using System.Text.Json;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Lab;

public sealed class DynamicsTests
{
    private static readonly string[] Small = ["lab", "dynamics", "--quick", "--data", "wine", "--rows", "16", "--hidden", "128"];

    [Fact]
    public async Task The_document_does_not_depend_on_the_number_of_threads_and_holds_every_run()
    {
        CliRun one = await CliRun.OfAsync([.. Small, "--json", "--threads", "1"]);
        CliRun four = await CliRun.OfAsync([.. Small, "--json", "--threads", "4"]);

        Assert.Equal(one.Output, four.Output);
        using var document = JsonDocument.Parse(one.Output);
        JsonElement root = document.RootElement;
        Assert.Equal("kelvin.lab.dynamics/1", root.GetProperty("schema").GetString());
        Assert.Equal(12, root.GetProperty("courses").GetArrayLength());
        Assert.Equal(3, root.GetProperty("batches").GetArrayLength());
        JsonElement tooLarge = root.GetProperty("courses").EnumerateArray().Single(course =>
            course.GetProperty("activation").GetString() == "softmax" && course.GetProperty("share").GetDouble() > 1);
        Assert.Equal("step_too_large", tooLarge.GetProperty("reason").GetString());
        Assert.False(tooLarge.GetProperty("saidYes").GetBoolean());
    }

    [Fact]
    public async Task Small_targets_are_predicted_and_large_ones_are_not()
    {
        CliRun small = await CliRun.OfAsync([.. Small, "--json", "--targets", "0.01"]);
        CliRun large = await CliRun.OfAsync([.. Small, "--json", "--targets", "6"]);

        Assert.True(LargestErrorOfCarefulSoftmax(small) < 0.01);
        Assert.True(LargestErrorOfCarefulSoftmax(large) > 0.05);
    }

    [Theory]
    [InlineData("--hidden 7", "--hidden is 7, but the units start in pairs.")]
    [InlineData("--batch 17", "--batch is 17, but there are 16 examples.")]
    public async Task Options_that_do_not_go_together_are_refused(string options, string error)
    {
        CliRun run = await CliRun.OfAsync(["lab", "dynamics", "--quick", "--data", "wine", "--rows", "16", .. options.Split(' ')]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_holds_a_chart_for_each_run()
    {
        using var folder = new TemporaryFolder();

        await CliRun.OfAsync([.. Small, "--html", "dynamics.html"], folder.FullName);

        string page = await folder.ReadAsync("dynamics.html");
        foreach (string text in new[] { "What was said and what came", "0.25, momentum 0.9", "Mini-batches", "trained, mean" })
            Assert.Contains(text, page, StringComparison.Ordinal);
    }

    private static double LargestErrorOfCarefulSoftmax(CliRun run)
    {
        using var document = JsonDocument.Parse(run.Output);
        return document.RootElement.GetProperty("courses")[0].GetProperty("largestError").GetDouble();
    }
}
