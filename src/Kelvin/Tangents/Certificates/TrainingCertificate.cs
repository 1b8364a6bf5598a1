using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents.Certificates;

/// <summary>
/// Proves, before any training, what full-batch gradient descent will do with one network on one data set: a curve that the loss stays under, a ball
/// that the weights stay in, and what follows for clean targets and new data.
/// </summary>
/// <remarks>
/// <para>
/// Model: F = s·φ(X W/T) Aᵀ with W trained, A fixed, no biases, φ softmax, exp or ReLU; L = ½ Σ (F − Y)²; W ← W − η∇L, K steps. No width enters but the
/// network's own, and no constant but those computed on the data.
/// </para>
/// <para>
/// Method: a centre path, linearised anew at C checkpoints, and for smooth φ a tube around it whose radius grows by what the centre misses and by the
/// negative curvature of the loss, bounded unit by unit. For ReLU the path is exact between switches of units. Proof: docs/certificates.md.
/// </para>
/// <para>
/// The proof is about real numbers. Training in double precision stays within <see cref="RoundingMargin"/> of the start's ‖u‖ as long as η·λ_max ≤ 2,
/// which is measured and not proved; it is added to every bound.
/// </para>
/// <para>
/// Cost: for each checkpoint one kernel with its eigenpairs, n d_out m (n d_out + 30) + 9 (n d_out)³, and 2 (n d_out)² a step; memory 12 n m d_out
/// doubles. NaN or ±∞ in data or weights: the assumption "finite" is violated and every bound is +∞.
/// </para>
/// </remarks>
public sealed class TrainingCertificate
{
    /// <summary>Share of ‖u₀‖ that is added to every bound of ‖u_k‖ for rounding.</summary>
    public const double RoundingMargin = 1e-9;

    private readonly CertifiedCurve _curve;
    private readonly double _margin;

    private TrainingCertificate(CertificateOptions options, CertifiedCurve curve, IReadOnlyList<CertificateAssumption> assumptions)
    {
        Options = options;
        _curve = curve;
        _margin = double.IsNaN(curve.Centre[0]) ? 0 : RoundingMargin * curve.Centre[0];
        Assumptions = assumptions;
    }

    /// <summary>What was asked.</summary>
    public CertificateOptions Options { get; }

    /// <summary>Every assumption with what was measured.</summary>
    public IReadOnlyList<CertificateAssumption> Assumptions { get; }

    /// <summary>
    /// The verdict on the loss curve; <see cref="CertificateVerdict.Vacuous"/> also where λ_min = 0 is certain, because then no convergence to 0 can
    /// be promised, however good the curve.
    /// </summary>
    public CertificateVerdict Verdict { get; private init; }

    /// <summary>Why, in a sentence.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>The loss after the last step, against the loss at the start.</summary>
    public required CertificateStatement Loss { get; init; }

    /// <summary>‖W_K − W_0‖_F, against the distance at which the start's loss could be all spent: √(2 η K L₀).</summary>
    public required CertificateStatement Ball { get; init; }

    /// <summary>What happens after the last step: the factor by which the loss falls each step, against 1.</summary>
    public required CertificateStatement Convergence { get; init; }

    /// <summary>The mean squared error against the targets without noise, stopped at the best step; null where no noise was given.</summary>
    public CertificateStatement? CleanTargets { get; private init; }

    /// <summary>The expected clipped error on new data; null where no <see cref="CertificateOptions.ErrorScale"/> was given.</summary>
    public CertificateStatement? NewData { get; private init; }

    /// <summary>Kernels evaluated and decomposed, all passes together; training takes K gradients.</summary>
    public int KernelEvaluations => _curve.Kernels;

    /// <summary>The last step with a bound, or −1.</summary>
    public int ProvedSteps => _curve.Proved;

    /// <summary>Pairs of unit and example that change sign on the way (ReLU; 0 else).</summary>
    public int Switches => _curve.Switches;

    /// <summary>How far the real weights can be from the centre path at the last proved step.</summary>
    public double TubeRadius => _curve.Radius;

    /// <summary>λ_min(J Jᵀ) at the start.</summary>
    public double SmallestEigenvalue => _curve.SmallestAtStart;

    /// <summary>Bound of the loss ½‖F − Y‖² after a number of steps; +∞ where nothing is proved.</summary>
    /// <param name="step">k, from 0 to K.</param>
    public double LossBound(int step)
    {
        double residual = _curve.Residual[step] + _margin;
        return 0.5 * residual * residual;
    }

    /// <summary>The loss on the centre path: the prediction inside the bound; NaN where the path was not followed.</summary>
    /// <param name="step">k, from 0 to K.</param>
    public double PredictedLoss(int step) => 0.5 * _curve.Centre[step] * _curve.Centre[step];

    /// <summary>Bound of ‖W_k − W_0‖_F; +∞ where nothing is proved.</summary>
    /// <param name="step">k, from 0 to K.</param>
    public double DistanceBound(int step) => _curve.Distance[step] * (1 + RoundingMargin);

    /// <summary>Proves what can be proved.</summary>
    /// <param name="network">The network at its start: W trained, A fixed, no biases; not changed.</param>
    /// <param name="inputs">X, shape n × d, n ≥ 1.</param>
    /// <param name="targets">Y, shape n × d_out.</param>
    /// <param name="options">Step size, steps, noise.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, an option is out of range, or the network is not of the model above.</exception>
    public static TrainingCertificate Prove(
        TwoLayerNetwork<double> network, ReadOnlyMatrixView<double> inputs, ReadOnlyMatrixView<double> targets, CertificateOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        CertificateDoor.Check(network.Options, inputs, targets);
        int broken = CertificateDoor.NonFinite(network, inputs, targets);
        if (broken > 0)
            return NotFinite(options, broken);

        var problem = new CertificateProblem(network, inputs, targets);
        CertifiedCurve curve = CurveSearch.Best(problem, options);
        KernelRank rank = KernelRank.Of(network.Options, inputs);
        List<CertificateAssumption> assumptions = CurveAssumptions.Of(curve, options, problem.Activation);
        CertificateVerdict broke = assumptions.TrueForAll(a => a.Holds) ? CertificateVerdict.Holds : CertificateVerdict.AssumptionViolated;
        CertificateStatement loss = CurveStatements.Loss(curve, options, broke);
        double startNorm = System.Numerics.Tensors.TensorPrimitives.Norm<double>(network.HiddenWeights.Span);
        bool singular = rank.IsSingular && loss.Verdict == CertificateVerdict.Holds;
        return new TrainingCertificate(options, curve, assumptions)
        {
            Verdict = singular ? CertificateVerdict.Vacuous : loss.Verdict,
            Reason = singular ? rank.Reason + " The loss stays under the curve, but no convergence to 0 can be promised." : assumptions.Find(a => !a.Holds)?.Explanation ?? loss.Explanation,
            Loss = loss,
            Ball = CurveStatements.Ball(curve, options, broke),
            Convergence = Certificates.Convergence.After(problem, curve, options.LearningRate, rank),
            CleanTargets = options.LabelNoise > 0 && curve.Proved > 0 ? CleanError.Bound(problem, curve, options) : null,
            NewData = options.ErrorScale is not null && curve.Proved >= 0 ? Certificates.NewData.Bound(problem, curve, options, startNorm) : null,
        };
    }

    private static TrainingCertificate NotFinite(CertificateOptions options, int count)
    {
        var statement = new CertificateStatement(
            CertificateVerdict.AssumptionViolated, double.PositiveInfinity, double.PositiveInfinity,
            FormattableString.Invariant($"{count} numbers in the inputs, targets or weights are NaN or infinite; repair them first."));
        return new TrainingCertificate(
            options, new CertifiedCurve(options.Steps), [new CertificateAssumption("finite", count, 0, false, statement.Explanation)])
        {
            Verdict = CertificateVerdict.AssumptionViolated,
            Reason = statement.Explanation,
            Loss = statement,
            Ball = statement,
            Convergence = statement,
        };
    }
}
