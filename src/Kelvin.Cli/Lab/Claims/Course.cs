using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Stability;
using Kelvin.Tangents;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>Gradient descent in the reference's setting with a quarter of the stable step, down to 10⁻³ of the loss (or for 20 000 steps), and its kernel on the way.</summary>
/// <param name="Drift">‖H(end) − H(0)‖_F/‖H(0)‖_F.</param>
/// <param name="Smallest">The smallest λ_min(H)/λ_min(H(0)) on the way.</param>
/// <param name="Largest">The largest λ_max(H)/λ_max(H(0)) on the way.</param>
/// <param name="BreaksBound">Whether the loss was ever above (1 − m η λ_min/2)ᵏ of its start.</param>
/// <param name="IsFit">Whether the loss was reached.</param>
internal readonly record struct Course(double Drift, double Smallest, double Largest, bool BreaksBound, bool IsFit)
{
    private const int MaxSteps = 20_000;

    /// <summary>Runs it.</summary>
    /// <param name="activation">Hidden units.</param>
    /// <param name="hidden">m.</param>
    /// <param name="sigma">σ.</param>
    /// <param name="targets">Standard deviation of the targets; √m times a number of order 1 for the NTK scaling.</param>
    /// <param name="dimensions">d; the fewer, the harder 16 points are to tell apart.</param>
    /// <param name="seed">Seed of data and start.</param>
    /// <param name="cancellationToken">Looked at between steps.</param>
    public static Course Run(HiddenActivation activation, int hidden, double sigma, double targets, int dimensions, int seed, CancellationToken cancellationToken)
    {
        TrainingSet<double> set = ClaimLab.Regression(targets, seed, dimensions: dimensions);
        TwoLayerNetwork<double> network = ClaimLab.Network(activation, hidden, sigma, seed, dimensions: dimensions);
        TangentKernel<double> start = ClaimLab.Kernel(network, set.Inputs);
        KernelSpectrum spectrum = start.Spectrum();
        double rate = 0.25 * spectrum.StableStep();
        double decay = rate * spectrum.Factor * spectrum.Smallest / 2;
        double smallest = 1;
        double largest = 1;
        double first = double.NaN;
        bool breaks = false;
        int next = 1;
        void Look(int step, double loss)
        {
            first = step == 0 ? loss : first;
            breaks |= loss > first * Math.Exp(step * Math.Log(1 - decay)) * (1 + 1e-9);
            if (step < next || !double.IsFinite(loss))
                return;
            next = Math.Max(step + 1, step * 5 / 4);
            ExtremeEigenvaluesResult ends = ClaimLab.Kernel(network, set.Inputs).Extremes();
            smallest = Math.Min(smallest, Math.Max(0, ends.Smallest.Value) / spectrum.Smallest);
            largest = Math.Max(largest, ends.Largest.Value / spectrum.Largest);
        }

        var descent = new DescentOptions { Loss = LossOptions.Theory, MaxSteps = MaxSteps, TargetShare = 1e-3, GivesUp = false };
        DescentResult end = Descent.Run(
            network, set, rate, descent, new NetworkWorkspace<double>(network.Options, set.Rows), Look, cancellationToken: cancellationToken);
        TangentKernel<double> last = ClaimLab.Kernel(network, set.Inputs);
        double drift = last.IsFinite ? ClaimLab.Distance(last.Matrix, start.Matrix) : double.PositiveInfinity;
        return new Course(drift, smallest, largest, breaks, end.IsFit);
    }
}
