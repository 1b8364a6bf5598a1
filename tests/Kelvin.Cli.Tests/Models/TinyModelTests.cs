using Kelvin.Cli.Frame;
using Kelvin.Cli.Models;
using Kelvin.Datasets.Tasks;
using Kelvin.Transformers.Decoding;
using Kelvin.Transformers.Generation;
using Kelvin.Transformers.Weights;

namespace Kelvin.Cli.Tests.Models;

public sealed class TinyModelTests
{
    private const int Sampled = 150;

    private static readonly string Folder = BuiltInModels.FolderOf(BuiltInModels.Tiny);

    public static TheoryData<TaskKind, double> Cells { get; } = [.. from task in TaskItems.Tasks from temperature in new[] { 0, 1.0 } select (task, temperature)];

    [Fact]
    public void It_takes_at_most_four_megabytes() =>
        Assert.InRange(Directory.EnumerateFiles(Folder).Sum(file => new FileInfo(file).Length), 1, 4_000_000);

    [Fact]
    public void Its_table_has_enough_items_and_shows_that_phrasings_and_temperatures_matter()
    {
        Dictionary<(string Task, string Phrasing, double Temperature), (int Items, double Accuracy)> table = TinyTable.Read(Path.Combine(Folder, "accuracy.csv"));

        Assert.Equal(TaskItems.Tasks.Count * TaskItems.Phrasings.Count * 4, table.Count);
        Assert.All(table.Values, cell => Assert.InRange(cell.Items, 2000, int.MaxValue));
        foreach (IEnumerable<double> cells in table.GroupBy(cell => (cell.Key.Task, cell.Key.Temperature)).Where(group => group.Key.Temperature == 1).Select(Accuracies))
            Assert.InRange(cells.Max() - cells.Min(), 0.1, 1);
        foreach (IEnumerable<double> cells in table.GroupBy(cell => (cell.Key.Task, cell.Key.Phrasing)).Where(group => group.Key.Phrasing == "plain").Select(Accuracies))
            Assert.InRange(cells.Max() - cells.Min(), 0.1, 1);

        static IEnumerable<double> Accuracies<T>(IGrouping<T, KeyValuePair<(string, string, double), (int, double Accuracy)>> group) => group.Select(cell => cell.Value.Accuracy);
    }

    [Fact]
    public void Plain_answers_at_temperature_1_are_right_as_often_as_the_slips_of_the_corpus_leave_them_right()
    {
        var table = TinyTable.Read(Path.Combine(Folder, "accuracy.csv"));
        foreach (TaskKind task in TaskItems.Tasks)
        {
            double clean = TaskItems.Test(task, TaskPhrasing.Plain, seed: 7).Take(2000).Average(item => Math.Pow(1 - TaskItems.Slips, item.Answer.Length));

            Assert.Equal(clean, table[(task.ToString().ToLowerInvariant(), "plain", 1)].Accuracy, 0.015);
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Sampled_answers_are_right_as_often_as_the_table_says(TaskKind task, double temperature)
    {
        ModelFolder model = Open();
        var batch = new GenerationBatch(model.Model, model.Tokenizer);
        TaskItem[] items = [.. TaskItems.Test(task, TaskPhrasing.Plain, seed: 11).Take(Sampled)];
        GeneratedSequence[] answers =
        [
            .. items.Select((item, i) => batch.Add(new GenerationRequest
            {
                Prompt = model.Tokenizer!.Encode(item.Prompt),
                Policy = new FixedTemperature(temperature),
                Sampling = new SamplingOptions { Seed = i },
                MostTokens = 20,
            })),
        ];

        batch.Run(TestContext.Current.CancellationToken);
        double right = items.Zip(answers, (item, answer) => item.IsAnsweredBy(answer.Text) ? 1.0 : 0).Average();

        double published = TinyTable.Read(Path.Combine(Folder, "accuracy-seed-1.csv"))[(task.ToString().ToLowerInvariant(), "plain", temperature)].Accuracy;
        Assert.Equal(published, right, (4 * Math.Sqrt(published * (1 - published) / Sampled)) + 0.02);   // 4 deviations, and 0.02 where the table says 1
    }

    [Fact]
    public async Task Its_name_is_enough_for_a_command()
    {
        using var folder = new TemporaryFolder();

        CliRun run = await CliRun.OfAsync(["generate", "--model", "kelvin-tiny", "--prompt", "copy(kelvin)=", "--json"], folder.FullName);

        Assert.True(run.ExitCode == ExitCode.Good, run.Error);
    }

    [Fact]
    public async Task It_answers_where_no_model_is_named()
    {
        using var folder = new TemporaryFolder();

        CliRun run = await CliRun.OfAsync(["generate", "--prompt", "sort(kelvin)=", "--temperature", "0"], folder.FullName);

        Assert.StartsWith("sort(kelvin)=eiklnv\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_is_the_mean_of_its_runs_and_each_comes_within_two_points_of_the_mean_of_the_others_in_every_cell()
    {
        var table = TinyTable.Read(Path.Combine(Folder, "accuracy.csv"));
        var runs = Directory.GetFiles(Folder, "accuracy-seed-*.csv").Select(TinyTable.Read).ToArray();

        Assert.Equal(4, runs.Length);
        Assert.All(runs, run => Assert.Equal(table.Keys, run.Keys));
        foreach (var cell in table)
        {
            double sum = runs.Sum(run => run[cell.Key].Accuracy);
            Assert.Equal(sum / runs.Length, cell.Value.Accuracy, 1e-4);
            Assert.All(runs, run => Assert.Equal((sum - run[cell.Key].Accuracy) / (runs.Length - 1), run[cell.Key].Accuracy, 0.02));
        }
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Its_recipe_with_a_seed_of_its_own_comes_within_two_points_of_the_table_in_every_cell()
    {
        using var folder = new TemporaryFolder();

        CliRun run = await CliRun.OfAsync(["train", Path.Combine(Folder, "recipe.yaml"), "--seed", "6", "--out", "again"], folder.FullName);

        Assert.True(run.ExitCode == ExitCode.Good, run.Error);
        AssertWithinTwoPoints(TinyTable.Read(Path.Combine(folder.FullName, "again", "model", "accuracy.csv")));
    }

    private static void AssertWithinTwoPoints(Dictionary<(string Task, string Phrasing, double Temperature), (int Items, double Accuracy)> other)
    {
        var table = TinyTable.Read(Path.Combine(Folder, "accuracy.csv"));

        Assert.Equal(table.Keys, other.Keys);
        Assert.All(table, cell => Assert.Equal(cell.Value.Accuracy, other[cell.Key].Accuracy, 0.02 + 1e-9));
    }

    private static ModelFolder Open()
    {
        using var output = new StringWriter();
        var host = new CliHost(output, output, new Dictionary<string, string>(StringComparer.Ordinal), Path.GetTempPath(), TimeProvider.System);
        return ModelFolder.Open(host, BuiltInModels.Tiny, WeightFormat.F32);
    }
}
