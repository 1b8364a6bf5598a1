using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents.Certificates;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Tangents.Certificates;

public sealed class CertificateEdgeTests
{
    [Theory]
    [InlineData(HiddenActivation.Softmax)]
    [InlineData(HiddenActivation.Exp)]
    [InlineData(HiddenActivation.Relu)]
    public void A_point_that_appears_twice_makes_the_certificate_vacuous_and_it_says_why(HiddenActivation activation)
    {
        CertificateCase twice = Small(activation, inputs => inputs.Row(0).CopyTo(inputs.Row(3)));

        TrainingCertificate certificate = twice.Prove();

        Assert.Equal(CertificateVerdict.Vacuous, certificate.Verdict);
        Assert.Contains("examples 0 and 3 are the same point", certificate.Reason, StringComparison.Ordinal);
        Assert.Equal(CertificateVerdict.Vacuous, certificate.Convergence.Verdict);
        Assert.Equal(CertificateVerdict.Holds, certificate.Loss.Verdict);
        Assert.Equal(0, CertificateCheck.Against(certificate, twice.Train()).Violations);
    }

    [Fact]
    public void A_point_at_zero_makes_the_certificate_vacuous()
    {
        TrainingCertificate certificate = Small(HiddenActivation.Exp, inputs => inputs.Row(2).Clear()).Prove();

        Assert.Equal(CertificateVerdict.Vacuous, certificate.Verdict);
        Assert.Contains("example 2 is the point 0", certificate.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HiddenActivation.Softmax)]
    [InlineData(HiddenActivation.Exp)]
    [InlineData(HiddenActivation.Relu)]
    public void A_width_of_one_has_an_answer(HiddenActivation activation)
    {
        CertificateCase narrow = Small(activation, _ => { }, hidden: 1);

        TrainingCertificate certificate = narrow.Prove();

        Assert.NotEqual(CertificateVerdict.Holds, certificate.Convergence.Verdict);
        Assert.Equal(0, CertificateCheck.Against(certificate, narrow.Train()).Violations);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Data_that_are_not_finite_violate_an_assumption(double value)
    {
        TrainingCertificate certificate = Small(HiddenActivation.Softmax, inputs => inputs[1, 1] = value, prepare: false).Prove();

        CertificateAssumption finite = Assert.Single(certificate.Assumptions);
        Assert.False(finite.Holds);
        Assert.Equal(1, finite.Measured);
        Assert.Equal(CertificateVerdict.AssumptionViolated, certificate.Verdict);
        Assert.Equal(double.PositiveInfinity, certificate.LossBound(0));
        Assert.Equal(double.PositiveInfinity, certificate.DistanceBound(50));
    }

    [Fact]
    public void A_step_past_the_edge_violates_an_assumption_and_promises_nothing()
    {
        CertificateCase steep = Small(HiddenActivation.Softmax, _ => { }, edge: 1.5);

        TrainingCertificate certificate = steep.Prove();

        Assert.Equal(CertificateVerdict.AssumptionViolated, certificate.Verdict);
        Assert.Contains(certificate.Assumptions, a => a.Name == "step" && !a.Holds && a.Measured > 2);
        Assert.Equal(double.PositiveInfinity, certificate.LossBound(1));
        Assert.Contains("past the edge of stability", certificate.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HiddenActivation.Softmax)]
    [InlineData(HiddenActivation.Relu)]
    public void A_network_that_already_fits_stays_where_it_is(HiddenActivation activation)
    {
        CertificateCase fitted = Small(activation, _ => { });
        var workspace = new NetworkWorkspace<double>(fitted.Network.Options, fitted.Inputs.Rows);
        fitted.Network.Forward(fitted.Inputs, fitted.Targets, workspace);

        TrainingCertificate certificate = fitted.Prove();

        Assert.InRange(certificate.LossBound(certificate.Options.Steps), 0, 1e-20);
        Assert.InRange(certificate.DistanceBound(certificate.Options.Steps), 0, 1e-10);
    }

    [Fact]
    public void A_relu_curve_is_the_training_curve()
    {
        CertificateCase problem = Small(HiddenActivation.Relu, _ => { }, hidden: 256);

        TrainingCertificate certificate = problem.Prove();
        MeasuredRun run = problem.Train();

        Assert.Equal(CertificateVerdict.Holds, certificate.Verdict);
        Assert.True(certificate.Switches > 0, "No unit switched, so the test says nothing about switches.");
        for (int k = 0; k <= problem.Options.Steps; k++)
            Assert.Equal(run.Losses[k], certificate.PredictedLoss(k), 1e-9 * run.Losses[0]);
    }

    [Fact]
    public void Too_few_checkpoints_are_said()
    {
        CertificateCase problem = Small(HiddenActivation.Softmax, _ => { }, hidden: 16);

        TrainingCertificate certificate = TrainingCertificate.Prove(
            problem.Network, problem.Inputs, problem.Targets, problem.Options with { MaxCheckpoints = 2 });

        Assert.Equal(CertificateVerdict.Vacuous, certificate.Verdict);
        Assert.Contains("2 checkpoints reach step", certificate.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_certificate_can_be_about_is_refused()
    {
        CertificateCase problem = Small(HiddenActivation.Softmax, _ => { });
        TwoLayerNetwork<double> all = TwoLayerNetwork.Create<double>(new NetworkOptions { Inputs = 4, Hidden = 8, Outputs = 1 }, 1);
        MatrixView<double> many = MatrixView.Allocate<double>(30_000, 4);

        Assert.Throws<ArgumentException>(() => TrainingCertificate.Prove(all, problem.Inputs, problem.Targets, problem.Options));
        Assert.Throws<ArgumentException>(
            () => TrainingCertificate.Prove(problem.Network, problem.Inputs, MatrixView.Allocate<double>(2, 1), problem.Options));
        ArgumentException memory = Assert.Throws<ArgumentException>(
            () => TrainingCertificate.Prove(problem.Network, many, MatrixView.Allocate<double>(30_000, 1), problem.Options));
        Assert.Contains("GB", memory.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(
            () => TrainingCertificate.Prove(problem.Network, problem.Inputs, problem.Targets, problem.Options with { LearningRate = -1 }));
        Assert.ThrowsAny<ArgumentException>(
            () => TrainingCertificate.Prove(problem.Network, problem.Inputs, problem.Targets, problem.Options with { Confidence = 1 }));
    }

    private static CertificateCase Small(
        HiddenActivation activation, Action<MatrixView<double>> change, int hidden = 64, double edge = 0.2, bool prepare = true)
    {
        var random = new Xoshiro256StarStar(11, threadSafe: false);
        MatrixView<double> inputs = CertificateCase.Sphere(6, 4, random);
        MatrixView<double> targets = MatrixView.Allocate<double>(6, 1);
        foreach (ref double target in targets.Span)
            target = random.NextDouble() - 0.5;
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(4, hidden, 1, activation), 3);
        if (prepare)
            change(inputs);
        CertificateCase problem = CertificateCase.WithStep(network, inputs, targets, edge, mostSteps: 300);
        if (!prepare)
            change(inputs);
        return problem;
    }
}
