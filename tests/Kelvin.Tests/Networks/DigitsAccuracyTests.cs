using Kelvin.Statistics;
using Kelvin.Temperatures;

namespace Kelvin.Tests.Networks;

[Trait("Speed", "Slow")]
public sealed class DigitsAccuracyTests(ITestOutputHelper output)
{
    [Fact]
    public void The_best_network_reads_98_digits_in_100()
    {
        (double[] validation, double[] test) = DigitsRuns.Accuracies(DigitsRuns.Relu);
        output.WriteLine(DigitsRuns.Words("validation accuracy", validation));
        output.WriteLine(DigitsRuns.Words("test accuracy", test));

        Assert.True(test.Average() >= 0.98, DigitsRuns.Words("test accuracy", test));
    }

    [Fact]
    public void The_softmax_network_reads_975_digits_in_1000()
    {
        (double[] validation, double[] test) = DigitsRuns.Accuracies(DigitsRuns.Softmax);
        output.WriteLine(DigitsRuns.Words("validation accuracy", validation));
        output.WriteLine(DigitsRuns.Words("test accuracy", test));

        Assert.True(test.Average() >= 0.975, DigitsRuns.Words("test accuracy", test));
    }

    [Fact]
    public void A_temperature_fitted_on_validation_lowers_the_calibration_error_of_an_overconfident_network()
    {
        (double[] temperatures, MetricChange[] errors) = DigitsRuns.Calibrations(DigitsRuns.Overconfident);
        double[] gains = [.. errors.Select(error => error.Gain)];
        output.WriteLine(DigitsRuns.Words("temperature", temperatures));
        output.WriteLine(DigitsRuns.Words("test ECE before", [.. errors.Select(error => error.Before)]));
        output.WriteLine(DigitsRuns.Words("test ECE after", [.. errors.Select(error => error.After)]));
        output.WriteLine(DigitsRuns.Words("gain", gains));
        output.WriteLine($"bootstrap intervals of the gain above 0: {errors.Count(error => error.IsImproved)} of {errors.Length}");

        Assert.All(temperatures, temperature => Assert.True(temperature > 1, $"temperature {temperature}"));
        Assert.True(MeanInterval.StudentT(gains).Low > 0, DigitsRuns.Words("gain", gains));
        Assert.True(errors.Count(error => error.IsImproved) >= 8, "The gain of a single run is lost in the noise of its test set too often.");
    }
}
