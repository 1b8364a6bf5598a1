using System.Numerics;
using Kelvin.Datasets;
using Kelvin.Linear;
using Kelvin.Temperatures;

namespace Kelvin.Conformance.Families;

/// <summary>Real logits: the temperature fitted on the split calibration, and the metrics it gives on both splits.</summary>
internal sealed class LogitsFamily : IFamily
{
    private const int Bins = 15;

    public string Name => "logits";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LogitTable table = LogitTable.Read(inputs.File("file"));
        LogitTable calibration = table.Part("calibration");
        CalibrationFit fit = TemperatureCalibration.Fit(Logits<T>(calibration), calibration.Labels.Span);

        var answers = new Answers();
        answers.Add("rows", table.Rows);
        answers.Add("calibration_rows", calibration.Rows);
        answers.Add("fitted_temperature", fit.Temperature);
        foreach (string split in table.Splits)
        {
            LogitTable part = table.Part(split);
            AddMetrics(answers, $"{split}.before", Logits<T>(part), part.Labels.Span, 1);
            AddMetrics(answers, $"{split}.after", Logits<T>(part), part.Labels.Span, fit.Temperature);
        }

        return answers;
    }

    private static void AddMetrics<T>(Answers answers, string prefix, ReadOnlyMatrixView<T> logits, ReadOnlySpan<int> labels, double temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CalibrationMetrics metrics = CalibrationMetrics.MeasureLogits(logits, labels, temperature, Bins);
        answers.Add($"{prefix}.temperature", temperature);
        answers.Add($"{prefix}.nll", metrics.Nll);
        answers.Add($"{prefix}.accuracy", metrics.Accuracy);
        answers.Add($"{prefix}.ece15", metrics.Ece);
        answers.Add($"{prefix}.brier", metrics.Brier);
        answers.Add($"{prefix}.mean_confidence", metrics.MeanConfidence);
        answers.Add($"{prefix}.mean_entropy", metrics.MeanEntropy);
    }

    private static ReadOnlyMatrixView<T> Logits<T>(LogitTable table)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixView<T> logits = MatrixView.Allocate<T>(table.Rows, table.Logits.Columns);
        for (int i = 0; i < logits.Rows; i++)
        {
            for (int k = 0; k < logits.Columns; k++)
                logits[i, k] = T.CreateTruncating(table.Logits[i, k]);
        }

        return logits;
    }
}
