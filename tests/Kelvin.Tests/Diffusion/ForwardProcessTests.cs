using CsCheck;
using Kelvin.Diffusion;

namespace Kelvin.Tests.Diffusion;

public sealed class ForwardProcessTests
{
    private static readonly ForwardProcess[] Processes =
    [
        ForwardProcess.VariancePreserving(NoiseSchedule.Constant(1.5)),
        ForwardProcess.VariancePreserving(NoiseSchedule.Linear()),
        ForwardProcess.VariancePreserving(NoiseSchedule.Cosine()),
        ForwardProcess.VarianceExploding(NoiseSchedule.Geometric()),
        ForwardProcess.VarianceExploding(NoiseSchedule.Constant(2)),
        ForwardProcess.OrnsteinUhlenbeck(),
    ];

    private static readonly Gen<ForwardProcess> Process = Gen.Int[0, Processes.Length - 1].Select(i => Processes[i]);

    [Fact]
    public void The_textbook_process_has_its_textbook_law()
    {
        NoiseLevel level = ForwardProcess.OrnsteinUhlenbeck().At(0.5);

        Assert.Equal(Math.Exp(-0.5), level.Alpha, 1e-15);
        Assert.Equal(1 - Math.Exp(-1), level.Variance, 1e-15);
        Assert.Equal((2, -1), (level.Rate, level.Drift));
    }

    [Fact]
    public void Two_stretches_of_time_make_one() =>
        Gen.Select(Process, Gen.Double[0, 0.95], Gen.Double[0, 0.95], Gen.Double[0, 0.95]).Sample((process, x, y, z) =>
        {
            double[] times = [x, y, z];
            Array.Sort(times);
            NoiseTransition first = process.Transition(times[0], times[1]);
            NoiseTransition second = process.Transition(times[1], times[2]);
            NoiseTransition whole = process.Transition(times[0], times[2]);
            double variance = (second.Alpha * second.Alpha * first.Variance) + second.Variance;
            return Close(whole.Alpha, first.Alpha * second.Alpha, 1e-13) && Close(whole.Variance, variance, 1e-13);
        });

    [Fact]
    public void The_level_is_the_transition_from_the_start() =>
        Gen.Select(Process, Gen.Double[0, 0.99]).Sample((process, t) =>
        {
            NoiseLevel level = process.At(t);
            NoiseTransition sinceStart = process.Transition(0, t);
            return (level.Alpha, level.Variance) == (sinceStart.Alpha, sinceStart.Variance);
        });

    [Fact]
    public void Variance_and_share_of_the_data_move_as_the_equation_says() =>
        Gen.Select(Process, Gen.Double[0.01, 0.9]).Sample((process, t) =>
        {
            const double H = 1e-5;
            (NoiseLevel low, NoiseLevel level, NoiseLevel high) = (process.At(t - H), process.At(t), process.At(t + H));
            double alphaSlope = (high.Alpha - low.Alpha) / (2 * H);
            double varianceSlope = (high.Variance - low.Variance) / (2 * H);
            return Close(alphaSlope, level.Drift * level.Alpha, 1e-6, 1e-8)
                && Close(varianceSlope, (2 * level.Drift * level.Variance) + level.Rate, 1e-6, 1e-8);
        });

    [Fact]
    public void A_tiny_time_keeps_all_its_digits()
    {
        const double T = 1e-14;

        foreach (ForwardProcess process in Processes)
            Assert.Equal(1, process.At(T).Variance / (process.Schedule.Rate(0) * T), 1e-12);
    }

    [Fact]
    public void Short_steps_of_the_cosine_keep_all_their_digits()
    {
        NoiseSchedule cosine = NoiseSchedule.Cosine();
        double t = 0.5;
        double next = t + 1e-9;

        Assert.Equal(1, cosine.Integral(t, next) / ((next - t) * cosine.Rate(0.5 * (t + next))), 1e-12);
    }

    [Fact]
    public void Times_outside_the_process_are_refused()
    {
        ForwardProcess process = ForwardProcess.VariancePreserving(NoiseSchedule.Linear(horizon: 2));

        Assert.Throws<ArgumentOutOfRangeException>(() => process.At(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => process.At(2.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => process.At(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => process.Transition(1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseSchedule.Constant(0));
        Assert.Throws<ArgumentException>(() => NoiseSchedule.Geometric(2, 1));
    }

    [Fact]
    public void Every_way_of_stating_the_denoised_leads_to_every_other() =>
        Gen.Select(Process, Gen.Double[0.05, 0.9], Gen.Double[-3, 3].Array[1, 20], Gen.Double[-3, 3]).Sample((process, t, x, shift) =>
        {
            NoiseLevel level = process.At(t);
            double[] noise = Array.ConvertAll(x, value => Math.Sin(value + shift));
            double[] data = new double[x.Length];
            double[] other = new double[x.Length];
            double[] back = new double[x.Length];
            Denoising.DataOfNoise<double>(level, x, noise, data);

            bool holds = true;
            Denoising.NoiseOfData<double>(level, x, data, back);
            holds &= Near(noise, back);
            Denoising.ScoreOfNoise<double>(level, noise, other);
            Denoising.NoiseOfScore<double>(level, other, back);
            holds &= Near(noise, back);
            Denoising.DataOfScore<double>(level, x, other, back);
            holds &= Near(data, back);
            Denoising.ScoreOfData<double>(level, x, data, back);
            holds &= Near(other, back);
            Denoising.VelocityOfNoise<double>(level, x, noise, other);
            Denoising.NoiseOfVelocity<double>(level, x, other, back);
            holds &= Near(noise, back);
            Denoising.DataOfVelocity<double>(level, x, other, back);
            return holds && Near(data, back);
        });

    private static bool Near(double[] expected, double[] got) => !expected.Where((value, i) => !Close(value, got[i], 1e-9, 1e-9)).Any();

    private static bool Close(double expected, double got, double relative, double absolute = 1e-300) =>
        Math.Abs(expected - got) <= (relative * Math.Abs(expected)) + absolute;
}
