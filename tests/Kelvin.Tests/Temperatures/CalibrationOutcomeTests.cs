using Kelvin.Linear;
using Kelvin.Temperatures;

namespace Kelvin.Tests.Temperatures;

public sealed class CalibrationOutcomeTests
{
    private const double Masked = double.NegativeInfinity;

    [Fact]
    public void Rows_without_a_mistake_ask_for_temperature_zero()
    {
        CalibrationFit fit = Fit(new[,] { { 3.0, 1, 0 }, { 0, 2, 1 } }, [0, 1]);

        Assert.Equal((CalibrationOutcome.Separable, 0.0, double.PositiveInfinity), (fit.Outcome, fit.Temperature, fit.InverseTemperature));
        Assert.Equal(0, fit.NllAfter);
    }

    [Fact]
    public void Ties_with_the_label_leave_their_logarithm_behind()
    {
        CalibrationFit fit = Fit(new[,] { { 3.0, 3, 0 }, { 0, 2, 1 } }, [0, 1]);

        Assert.Equal(CalibrationOutcome.Separable, fit.Outcome);
        Assert.Equal(Math.Log(2) / 2, fit.NllAfter, 1e-15);
    }

    [Fact]
    public void Labels_below_the_average_logit_ask_for_uniform_probabilities()
    {
        CalibrationFit fit = Fit(new[,] { { 3.0, 1, 0 }, { 0, 2, 1 } }, [2, 0]);

        Assert.Equal((CalibrationOutcome.NoBetterThanUniform, double.PositiveInfinity, 0.0), (fit.Outcome, fit.Temperature, fit.InverseTemperature));
        Assert.Equal(Math.Log(3), fit.NllAfter, 1e-15);
        Assert.True(fit.SlopeAtZero > 0);
    }

    [Fact]
    public void Equal_logits_keep_temperature_one()
    {
        CalibrationFit fit = Fit(new[,] { { 3.0, 3 }, { 1, 1 } }, [0, 1]);

        Assert.Equal((CalibrationOutcome.NoEffect, 1.0), (fit.Outcome, fit.Temperature));
        Assert.Equal(Math.Log(2), fit.NllAfter, 1e-15);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(Masked)]
    public void A_label_that_no_temperature_makes_likely_leaves_no_temperature(double bad)
    {
        CalibrationFit fit = Fit(new[,] { { bad, 1, 0 }, { 0, 2, 1 } }, [0, 0]);

        Assert.Equal(CalibrationOutcome.NotFinite, fit.Outcome);
        Assert.True(double.IsNaN(fit.Temperature) && double.IsNaN(fit.NllAfter));
    }

    [Fact]
    public void Masked_classes_count_for_nothing()
    {
        CalibrationFit plain = Fit(new[,] { { 2.0, 1 }, { 0, 2 }, { 1, 2 } }, [0, 1, 0]);

        CalibrationFit masked = Fit(new[,] { { 2.0, 1, Masked }, { 0, 2, Masked }, { 1, 2, Masked } }, [0, 1, 0]);

        Assert.Equal(CalibrationOutcome.Interior, plain.Outcome);
        Assert.Equal(plain, masked);
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e9)]
    public void A_temperature_far_from_one_is_found_all_the_same(double scale)
    {
        CalibrationFit fit = Fit(new[,] { { 2.0 * scale, 0 }, { 0, 2 * scale }, { scale, 0 } }, [0, 1, 1]);

        double slope = Slope(fit.InverseTemperature * scale);
        Assert.Equal(CalibrationOutcome.Interior, fit.Outcome);
        Assert.Equal(0, slope, 1e-14);
    }

    [Fact]
    public void Rows_and_labels_must_fit()
    {
        Assert.Throws<ArgumentException>(() => Fit(new double[0, 2], []));
        Assert.Throws<ArgumentException>(() => Fit(new[,] { { 1.0, 2 } }, [0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new[,] { { 1.0, 2 } }, [2]));
    }

    /// <summary>dNLL/dβ of two rows won by 2 and one lost by 1: −4/(1 + e^2β) + 1/(1 + e^−β), over 3.</summary>
    private static double Slope(double beta) => ((-4 / (1 + Math.Exp(2 * beta))) + (1 / (1 + Math.Exp(-beta)))) / 3;

    private static CalibrationFit Fit(double[,] logits, int[] labels) =>
        TemperatureCalibration.Fit<double>(MatrixView.From(logits), labels);
}
