using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;
using Kelvin.Tangents.Certificates;

namespace Kelvin.Cli.Lab.Certificates;

/// <summary>One network: its certificate, made first, and its training, held against it.</summary>
internal sealed class CertifiedRun
{
    private CertifiedRun(HiddenActivation activation, TrainingCertificate certificate, MeasuredRun measured)
    {
        Activation = activation;
        Certificate = certificate;
        Measured = measured;
        Check = CertificateCheck.Against(certificate, measured);
    }

    public HiddenActivation Activation { get; }

    public TrainingCertificate Certificate { get; }

    public MeasuredRun Measured { get; }

    public CertificateCheck Check { get; }

    public int Steps => Certificate.Options.Steps;

    public static CertifiedRun Of(CertificatePlan plan, CertificateData data, HiddenActivation activation, CancellationToken cancellationToken)
    {
        NetworkOptions options = NetworkOptions.Theory(data.Inputs.Columns, plan.Hidden, data.Targets.Columns, activation) with
        {
            Temperature = plan.Temperature,
            SymmetricStart = plan.Hidden % 2 == 0,
        };
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, plan.Seed);
        TangentKernel<double> kernel = TangentKernel.Compute(network, data.Inputs);
        double rate = kernel.Trace > 0 ? plan.Step * kernel.StableStep() : plan.Step;
        TrainingCertificate certificate = TrainingCertificate.Prove(network, data.Inputs, data.Targets, new CertificateOptions
        {
            LearningRate = rate,
            Steps = plan.Steps ?? Horizon(network, data, kernel, rate, plan.MostSteps),
            LabelNoise = plan.LabelNoise,
            ErrorScale = data.ErrorScale,
        });
        cancellationToken.ThrowIfCancellationRequested();
        MeasuredRun measured = MeasuredRun.Train(
            network, data.Inputs, data.Targets, rate, certificate.Options.Steps, cancellationToken: cancellationToken);
        return new CertifiedRun(activation, certificate, measured);
    }

    /// <summary>The first step of a list growing by a tenth at which the kernel at the start predicts 3·10⁻⁴ of the loss.</summary>
    private static int Horizon(TwoLayerNetwork<double> network, CertificateData data, TangentKernel<double> kernel, double rate, int most)
    {
        KernelSpectrum spectrum = kernel.Spectrum();
        MatrixView<double> outputs = MatrixView.Allocate<double>(data.Inputs.Rows, data.Targets.Columns);
        network.Forward(data.Inputs, outputs, new NetworkWorkspace<double>(network.Options, data.Inputs.Rows));
        double[] residual = OutputMajor.Residual<double>(outputs, data.Targets);
        double[] squares = new double[residual.Length];
        for (int j = 0; j < squares.Length; j++)
        {
            double along = 0;
            for (int i = 0; i < residual.Length; i++)
                along += spectrum.Vectors[i, j] * residual[i];
            squares[j] = along * along;
        }

        int steps = 50;
        while (steps < most && Left(squares, spectrum, rate * kernel.Factor, steps) > 3e-4)
            steps = Math.Min(most, (steps * 11 / 10) + 1);
        return steps;
    }

    private static double Left(double[] squares, KernelSpectrum spectrum, double rate, int steps)
    {
        double left = 0;
        for (int j = 0; j < squares.Length; j++)
            left += squares[j] * Math.Pow(Math.Abs(1 - (rate * spectrum.Values.Span[j])), 2.0 * steps);
        return left / squares.Sum();
    }
}
