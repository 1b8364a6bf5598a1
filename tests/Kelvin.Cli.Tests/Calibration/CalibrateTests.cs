using System.Globalization;
using System.Text.Json;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Calibration;

public sealed class CalibrateTests
{
    private static readonly string Samples = Path.Combine(Repository.Root, "samples", "calibrate");

    [Fact]
    public async Task It_answers_in_a_sentence_and_shows_why_in_80_columns()
    {
        CliRun run = await CliRun.OfAsync(["calibrate", "digits-logits-over.csv.gz"], Samples);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, CliHost.PipedWidth));
        Golden.Matches(run.Output, "calibrate-over");
    }

    [Theory]
    [InlineData("over", 2.359795, 0.3579621985, 0.06067179294, 0.1368376976, 0.240144517, 0.02368230393, 0.1181516389)]
    [InlineData("under", 0.7028225, 0.4191569293, 0.06483273711, 0.1858386797, 0.4094046818, 0.02751821884, 0.1819758359)]
    public async Task The_numbers_agree_with_an_independent_computation(
        string name, double temperature, double nll, double ece, double brier, double nllAfter, double eceAfter, double brierAfter)
    {
        CliRun run = await CliRun.OfAsync(["calibrate", $"digits-logits-{name}.csv.gz", "--json"], Samples);

        using var document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.Equal("kelvin.calibrate/1", root.GetProperty("schema").GetString());
        Assert.Equal(temperature, root.GetProperty("temperature").GetDouble(), tolerance: 1e-4 * temperature);
        JsonElement before = root.GetProperty("test").GetProperty("before");
        JsonElement after = root.GetProperty("test").GetProperty("after");
        Assert.Equal(nll, before.GetProperty("nll").GetDouble(), tolerance: 1e-5);
        Assert.Equal(ece, before.GetProperty("ece").GetDouble(), tolerance: 1e-5);
        Assert.Equal(brier, before.GetProperty("brier").GetDouble(), tolerance: 1e-5);
        Assert.Equal(nllAfter, after.GetProperty("nll").GetDouble(), tolerance: 1e-5);
        Assert.Equal(eceAfter, after.GetProperty("ece").GetDouble(), tolerance: 1e-5);
        Assert.Equal(brierAfter, after.GetProperty("brier").GetDouble(), tolerance: 1e-5);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_document_and_another_does_not()
    {
        using var folder = new TemporaryFolder();
        folder.Write("logits.csv", Logits(rows: 200, hasSplit: false));

        string first = (await CliRun.OfAsync(["calibrate", "logits.csv", "--json", "--seed", "3"], folder.FullName)).Output;
        string again = (await CliRun.OfAsync(["calibrate", "logits.csv", "--json", "--seed", "3"], folder.FullName)).Output;
        string other = (await CliRun.OfAsync(["calibrate", "logits.csv", "--json", "--seed", "4"], folder.FullName)).Output;

        Assert.Equal(first, again);
        Assert.NotEqual(first, other, StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_page_is_one_file_that_loads_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("logits.csv", Logits(rows: 200, hasSplit: true));

        CliRun run = await CliRun.OfAsync(["calibrate", "logits.csv", "--html", "pages/calibration.html"], folder.FullName);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.Equal("logits.csv pages/calibration.html", folder.Files());
        string page = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "pages", "calibration.html"), TestContext.Current.CancellationToken);
        Assert.Contains("Calibration of logits.csv", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("""(src|href)\s*=\s*["']https?:""", page);
    }

    [Fact]
    public async Task Where_no_temperature_fits_the_answer_is_no()
    {
        using var folder = new TemporaryFolder();
        folder.Write("logits.csv", "label,z0,z1\n0,2,1\n1,1,2\n0,3,1\n1,0,2\n");

        CliRun run = await CliRun.OfAsync(["calibrate", "logits.csv", "--fit-all"], folder.FullName);

        Assert.Equal(ExitCode.No, run.ExitCode);
        Assert.StartsWith("No temperature fits: every label has its row's largest logit", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "error: logits.csv: The file is empty.")]
    [InlineData("label,z0,z1\n", "error: logits.csv: The file names columns but holds no rows.")]
    [InlineData("label,z0,z1\n0,1,2\n7,2,1\n", "error: logits.csv:3, column label: The label 7 is out of range.")]
    [InlineData("label,z0,z1\n0,1,2\n-1,2,1\n", "error: logits.csv:3, column label: The label -1 is out of range.")]
    [InlineData("label,z0,z1\n0,1,NaN\n1,2,1\n", "error: logits.csv:2, column z1: ")]
    [InlineData("label,z0,z1\n0,1,2\n1,two,1\n", "error: logits.csv:3, column z0: ")]
    [InlineData("label,z0,z1\n0,1,2\n1,2\n", "error: logits.csv:3: The row has 2 cells, but must have 3.")]
    [InlineData("label,z0\n0,1\n1,2\n", "error: logits.csv: There are 1 columns of logits.")]
    [InlineData("split,label,z0,z1\ncalibration,0,1,2\ntraining,1,2,1\n", "error: logits.csv, column split: it holds calibration, training, but must hold calibration and test")]
    public async Task A_file_that_cannot_be_used_is_refused_with_its_place(string text, string error)
    {
        using var folder = new TemporaryFolder();
        folder.Write("logits.csv", text);

        CliRun run = await CliRun.OfAsync(["calibrate", "logits.csv"], folder.FullName);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith(error, run.Error, StringComparison.Ordinal);
        Assert.Contains("\nhint: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("calibrate", "error: kelvin calibrate needs FILE.")]
    [InlineData("calibrate nowhere.csv", "error: There is no file nowhere.csv")]
    [InlineData("calibrate logit.csv", "hint: Did you mean logits.csv?")]
    [InlineData("calibrate .", "error: . is a folder, but must be a file")]
    [InlineData("calibrate logits.csv --split part", "error: logits.csv:1: There is no column 'part'.")]
    [InlineData("calibrate logits.csv --labels y", "error: logits.csv:1: There is no column 'y'.")]
    [InlineData("calibrate logits.csv --bins 1", "error: --bins is '1', but must be a whole number from 2 to 1000.")]
    [InlineData("calibrate logits.csv --level 95", "error: --level is '95', but must be a number above 0.5 and below 1.")]
    public async Task A_wrong_command_line_is_refused(string line, string error)
    {
        using var folder = new TemporaryFolder();
        folder.Write("logits.csv", Logits(rows: 60, hasSplit: false));

        CliRun run = await CliRun.OfAsync(line.Split(' '), folder.FullName);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_gzip_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = await File.ReadAllBytesAsync(Path.Combine(Samples, "digits-logits-over.csv.gz"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "cut.csv.gz"), whole[..20_000], TestContext.Current.CancellationToken);

        CliRun run = await CliRun.OfAsync(["calibrate", "cut.csv.gz"], folder.FullName);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("cut.csv.gz", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_cannot_be_written_is_the_outsides_fault()
    {
        using var folder = new TemporaryFolder();
        folder.Write("logits.csv", Logits(rows: 60, hasSplit: false));

        CliRun run = await CliRun.OfAsync(["calibrate", "logits.csv", "--html", "logits.csv/page.html"], folder.FullName);

        Assert.Equal(ExitCode.Outside, run.ExitCode);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.Equal("logits.csv", folder.Files());
    }

    /// <summary>Three classes whose logits are three times too large.</summary>
    private static string Logits(int rows, bool hasSplit)
    {
        var random = new MathNet.Numerics.Random.Xoshiro256StarStar(5, false);
        using var text = new StringWriter { NewLine = "\n" };
        text.WriteLine(hasSplit ? "label,split,z0,z1,z2" : "label,z0,z1,z2");
        for (int i = 0; i < rows; i++)
        {
            double[] z = [random.NextDouble() * 4, random.NextDouble() * 4, random.NextDouble() * 4];
            double[] p = [.. z.Select(Math.Exp)];
            double u = random.NextDouble() * p.Sum();
            int label = u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2;
            string split = hasSplit ? i % 2 == 0 ? ",calibration" : ",test" : string.Empty;
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{label}{split},{3 * z[0]},{3 * z[1]},{3 * z[2]}"));
        }

        return text.ToString();
    }
}
