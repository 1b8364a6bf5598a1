using Kelvin.Networks;

namespace Kelvin.Tests.Networks;

public sealed class OptimiserTests
{
    private const double Rate = 0.1;

    private static readonly NetworkOptions Shape = new() { Inputs = 3, Hidden = 7, Outputs = 2 };

    public static TheoryData<OptimiserKind> Kinds => [.. Enum.GetValues<OptimiserKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Updates_are_the_published_rules_written_out(OptimiserKind kind)
    {
        var options = new OptimiserOptions { Kind = kind, WeightDecay = 0.01, Momentum = 0.8, Beta1 = 0.85, Beta2 = 0.95, Epsilon = 1e-6 };
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(Shape, 1);
        Optimiser<double> optimiser = Optimiser.Create(options, network);
        double[] w = network.TrainedParameters.ToArray();
        double[] first = new double[w.Length];
        double[] second = new double[w.Length];
        int weights = Shape.Hidden * (Shape.Inputs + Shape.Outputs);

        for (int step = 1; step <= 5; step++)
        {
            double[] update = new double[w.Length];
            for (int i = 0; i < w.Length; i++)
                update[i] = Math.Sin((13 * i) + step);
            double[] gradient = [.. update];
            optimiser.ToUpdate(w, update, Rate, step);

            for (int i = 0; i < w.Length; i++)
            {
                double decay = i < weights ? options.WeightDecay * w[i] : 0;
                double expected = Expected(options, gradient[i], decay, step, ref first[i], ref second[i]);
                Assert.Equal(expected, update[i], 1e-14);
                w[i] += update[i];
            }
        }
    }

    [Fact]
    public void Float_and_double_take_the_same_steps_to_single_precision()
    {
        var options = new OptimiserOptions { Kind = OptimiserKind.AdamW, WeightDecay = 0.1 };
        Optimiser<float> single = Optimiser.Create(options, TwoLayerNetwork.Create<float>(Shape, 1));
        Optimiser<double> precise = Optimiser.Create(options, TwoLayerNetwork.Create<double>(Shape, 1));
        float[] w = new float[single.Count];
        float[] update = new float[single.Count];
        double[] reference = new double[single.Count];
        for (int i = 0; i < update.Length; i++)
            reference[i] = update[i] = MathF.Sin(i) * 1e-3f;

        single.ToUpdate(w, update, Rate, step: 1);
        precise.ToUpdate(new double[precise.Count], reference, Rate, step: 1);

        for (int i = 0; i < update.Length; i++)
            Assert.Equal(reference[i], update[i], 1e-6 * Rate);
    }

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(3, 1.0)]
    [InlineData(4, 1.0)]
    [InlineData(54, 0.55)]
    [InlineData(104, 0.1)]
    [InlineData(1000, 0.1)]
    public void A_cosine_rises_over_the_warm_up_and_falls_to_its_final_share(long step, double expected)
    {
        var schedule = new ScheduleOptions { Kind = ScheduleKind.Cosine, WarmupSteps = 4, FinalShare = 0.1 };

        Assert.Equal(expected, schedule.At(learningRate: 1, step, totalSteps: 104), 1e-12);
    }

    [Fact]
    public void A_constant_rate_stays_where_the_warm_up_left_it() =>
        Assert.Equal([1.0, 2.0, 2.0, 2.0], Enumerable.Range(0, 4).Select(step => new ScheduleOptions { WarmupSteps = 2 }.At(2, step, 3)));

    [Fact]
    public void Clipping_shortens_the_gradient_to_the_limit_and_reports_it_unclipped()
    {
        var log = new StepLog();
        Trainer<double> trainer = TrainingRun.Make<double>(TrainingRun.Options with
        {
            ClipNorm = 1e-3,
            Optimiser = new OptimiserOptions { Kind = OptimiserKind.Sgd, LearningRate = 0.5 },
            Schedule = new ScheduleOptions(),
        });

        trainer.Go(log);

        Assert.All(log.Steps, step => Assert.True(step.GradientNorm > 1e-2));
        Assert.All(log.Steps, step => Assert.Equal(0.5e-3, step.UpdateRatio * step.WeightNorm, 1e-12));
    }

    private static double Expected(OptimiserOptions o, double g, double decay, int step, ref double first, ref double second)
    {
        if (o.Kind != OptimiserKind.AdamW)
            g += decay;
        switch (o.Kind)
        {
            case OptimiserKind.Sgd:
                return -Rate * g;
            case OptimiserKind.Momentum:
                first = (o.Momentum * first) + g;
                return -Rate * first;
            default:
                first = (o.Beta1 * first) + ((1 - o.Beta1) * g);
                second = (o.Beta2 * second) + ((1 - o.Beta2) * g * g);
                double mean = first / (1 - Math.Pow(o.Beta1, step));
                double square = second / (1 - Math.Pow(o.Beta2, step));
                return -Rate * ((mean / (Math.Sqrt(square) + o.Epsilon)) + (o.Kind == OptimiserKind.AdamW ? decay : 0));
        }
    }
}
