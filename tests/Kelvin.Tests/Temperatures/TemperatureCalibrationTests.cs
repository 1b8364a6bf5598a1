using CsCheck;
using Kelvin.Linear;
using Kelvin.Temperatures;

namespace Kelvin.Tests.Temperatures;

public sealed class TemperatureCalibrationTests
{
    [Fact]
    public void The_temperature_found_is_the_one_that_a_plain_search_would_find() => LabelledLogits.Gen.Sample(data =>
    {
        CalibrationFit fit = TemperatureCalibration.Fit<double>(data.Logits, data.Labels);
        if (fit.Outcome != CalibrationOutcome.Interior)
            return true;

        double low = 0;
        double high = 100;
        for (int i = 0; i < 200; i++)
        {
            (double a, double b) = ((2 * low) + high, low + (2 * high));
            (low, high) = PlainNll(data, a / 3) < PlainNll(data, b / 3) ? (low, b / 3) : (a / 3, high);
        }

        return fit.InverseTemperature > 50 || Math.Abs(fit.InverseTemperature - low) < 1e-5 * low;
    });

    [Fact]
    public void The_NLL_is_what_its_formula_says() => LabelledLogits.Gen.Sample(data =>
    {
        CalibrationFit fit = TemperatureCalibration.Fit<double>(data.Logits, data.Labels);

        return Math.Abs(fit.NllBefore - PlainNll(data, 1)) < 1e-12 * (1 + fit.NllBefore)
            && (fit.Outcome != CalibrationOutcome.Interior || Math.Abs(fit.NllAfter - PlainNll(data, fit.InverseTemperature)) < 1e-12);
    });

    [Fact]
    public void Slopes_and_curvature_agree_with_central_differences() => LabelledLogits.Gen.Sample(data =>
    {
        const double h = 1e-4;
        CalibrationFit fit = TemperatureCalibration.Fit<double>(data.Logits, data.Labels);
        double beta = fit.InverseTemperature;
        double slope = (PlainNll(data, 1 + h) - PlainNll(data, 1 - h)) / (2 * h);
        double curvature = (PlainNll(data, beta + h) - (2 * PlainNll(data, beta)) + PlainNll(data, beta - h)) / (h * h);

        return fit.Outcome != CalibrationOutcome.Interior
            || (Math.Abs(fit.SlopeAtOne - slope) < 1e-6 * (1 + Math.Abs(slope)) && Math.Abs(fit.CurvatureAtOptimum - curvature) < 1e-4 * (1 + curvature));
    });

    [Fact]
    public void A_temperature_never_raises_the_NLL_of_the_rows_it_was_fitted_to() => LabelledLogits.Gen.Sample(data =>
    {
        CalibrationFit fit = TemperatureCalibration.Fit<double>(data.Logits, data.Labels);

        return fit.NllAfter <= fit.NllBefore + 1e-14;
    });

    [Fact]
    public void Scaling_the_logits_scales_the_temperature() => Gen.Select(LabelledLogits.Gen, Gen.Double[-8, 8]).Sample((data, exponent) =>
    {
        double factor = Math.Pow(10, exponent);
        CalibrationFit plain = TemperatureCalibration.Fit<double>(data.Logits, data.Labels);
        CalibrationFit scaled = TemperatureCalibration.Fit<double>(data.Times(factor).Logits, data.Labels);

        return scaled.Outcome == plain.Outcome
            && (plain.Outcome != CalibrationOutcome.Interior || Math.Abs((scaled.Temperature / plain.Temperature / factor) - 1) < 1e-11);
    });

    [Fact]
    public void Labels_drawn_at_a_temperature_give_that_temperature_back()
    {
        LabelledLogits data = LabelledLogits.Draw(rows: 20_000, classes: 5, seed: 3, temperature: 1.5);

        CalibrationFit fit = TemperatureCalibration.Fit<double>(data.Logits, data.Labels);

        double error = fit.Temperature * fit.Temperature / Math.Sqrt(fit.Rows * fit.CurvatureAtOptimum);
        Assert.Equal(1.5, fit.Temperature, 3.3 * error);
        Assert.True(error < 0.02);
    }

    [Fact]
    public void Single_precision_logits_give_what_the_same_numbers_give_in_double()
    {
        LabelledLogits data = LabelledLogits.Draw(rows: 100, classes: 3, seed: 1, temperature: 2);
        float[] single = Array.ConvertAll(data.Logits.Span.ToArray(), z => (float)z);
        double[] same = Array.ConvertAll(single, z => (double)z);

        Assert.Equal(
            TemperatureCalibration.Fit(new ReadOnlyMatrixView<double>(same, 100, 3), data.Labels).Temperature,
            TemperatureCalibration.Fit(new ReadOnlyMatrixView<float>(single, 100, 3), data.Labels).Temperature);
    }

    [Fact]
    public void An_offset_of_ten_thousand_costs_no_digits()
    {
        double[] z = [10001, 10000, 9998.5, 10000.5, 10002, 10001.5];

        CalibrationFit far = TemperatureCalibration.Fit(new ReadOnlyMatrixView<double>(z, 3, 2), [0, 0, 0]);
        CalibrationFit near = TemperatureCalibration.Fit(new ReadOnlyMatrixView<double>(Array.ConvertAll(z, x => x - 10000), 3, 2), [0, 0, 0]);

        Assert.Equal(near, far);
    }

    private static double PlainNll(LabelledLogits data, double beta)
    {
        double sum = 0;
        for (int i = 0; i < data.Labels.Length; i++)
        {
            double[] z = data.Logits.Row(i).ToArray();
            sum += Math.Log(z.Sum(x => Math.Exp(beta * (x - z[data.Labels[i]]))));
        }

        return sum / data.Labels.Length;
    }
}
