namespace Kelvin.Monitoring.Tests.Detectors;

public sealed class HiddenLayerDetectorTests
{
    [Fact]
    public void One_hot_rows_without_gradient_are_named_at_the_very_step()
    {
        RunMonitor monitor = Softmax(50, t => t < 7 ? (2.3, 1, 0.3) : (2.3, 0.99e-6, 0.991));

        Incident incident = Assert.Single(monitor.Incidents);
        Assert.Equal((Causes.DeadOneHot, 7L), (incident.Cause, incident.OpenedStep));
    }

    [Fact]
    public void The_start_of_the_gradient_is_known_even_if_the_layer_speaks_later()
    {
        var monitor = new RunMonitor();
        monitor.Observe([new(Vitals.GradientNorm, 0, 1), new(Vitals.GradientNorm, 1, 1e-7)]);

        monitor.Observe([new(new Series(Vitals.MaxProbability, Layer: 3), 1, 1)]);

        Assert.Equal("Dead one-hot softmax in layer 3", monitor.Open?.Title[..31]);
    }

    [Fact]
    public void A_fitted_network_with_one_hot_rows_is_not_dead()
    {
        RunMonitor monitor = Softmax(50, t => t < 7 ? (2.3, 1, 0.3) : (1e-5, 1e-7, 1));

        Assert.Empty(monitor.Incidents);
    }

    [Fact]
    public void Lost_entropy_is_named_if_nothing_was_learnt_and_not_if_the_loss_fell()
    {
        RunMonitor harmful = Entropies(t => 2.3);
        RunMonitor learning = Entropies(t => 2.3 * Math.Exp(-0.1 * t));

        Assert.Equal((Causes.EntropyCollapse, 14L), (harmful.Open!.Cause, harmful.Open.OpenedStep));
        Assert.Empty(learning.Incidents);
    }

    [Fact]
    public void Units_that_die_are_named_after_ten_samples_and_at_the_second_if_all_of_them_do()
    {
        var share = new Series(Vitals.DeadShare, Layer: 0);
        RunMonitor most = Runs.Of(share, Enumerable.Range(0, 60).Select(t => t < 30 ? 0.1 : 0.7));
        RunMonitor all = Runs.Of(share, Enumerable.Range(0, 60).Select(t => t < 30 ? 0.1 : 1.0));

        Assert.Equal((Causes.DeadUnits, Severity.Warning, 39L), (most.Open!.Cause, most.Open.Severity, most.Open.OpenedStep));
        Assert.Equal((Causes.DeadUnits, Severity.Critical, 31L), (all.Open!.Cause, all.Open.Severity, all.Open.OpenedStep));
    }

    [Fact]
    public void Batches_of_one_example_leave_half_of_the_units_inactive_and_that_is_healthy()
    {
        RunMonitor monitor = Runs.Of(new Series(Vitals.DeadShare, Layer: 0), Enumerable.Range(0, 200).Select(t => 0.55 + (0.05 * (t % 3))));

        Assert.Empty(monitor.Incidents);
    }

    private static RunMonitor Softmax(int steps, Func<int, (double Loss, double Gradient, double Probability)> at)
    {
        var monitor = new RunMonitor();
        for (int t = 0; t < steps; t++)
        {
            (double loss, double gradient, double probability) = at(t);
            monitor.Observe(
            [
                new(Vitals.TrainLoss, t, loss), new(Vitals.GradientNorm, t, gradient), new(new Series(Vitals.MaxProbability, Layer: 0), t, probability),
            ]);
        }

        return monitor;
    }

    private static RunMonitor Entropies(Func<int, double> loss)
    {
        var monitor = new RunMonitor();
        for (int t = 0; t < 60; t++)
        {
            monitor.Observe(
            [
                new(Vitals.TrainLoss, t, loss(t)),
                new(new Series(Vitals.SaturatedShare, Layer: 0), t, t < 10 ? 0 : 0.9),
                new(new Series(Vitals.NormalizedEntropy, Layer: 0), t, t < 10 ? 0.9 : 0.1),
            ]);
        }

        return monitor;
    }
}
