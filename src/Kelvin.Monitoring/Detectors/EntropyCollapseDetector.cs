namespace Kelvin.Monitoring;

/// <summary>Finds a softmax that lost its entropy and harms the run; low entropy alone is what learning looks like.</summary>
/// <remarks>
/// <para>Fires when both hold on 5 samples in a row. <b>Change</b>: mean normalised entropy below half of its first value, and more than half of the rows
/// saturated. <b>Harm</b>: the loss and its mean (weight 0.1) are both above 0.9 of the first loss, or both above three times the least mean and a fifth of the first
/// loss, or the gradient norm is below 10⁻³ of its first while the loss is above a tenth of its first.</para>
/// <para>Cost: a few comparisons a point. Source: arXiv 2303.06296, with the harm that tells collapse from learning.</para>
/// </remarks>
public sealed class EntropyCollapseDetector : IDetector
{
    private const double Lost = 0.5;
    private const double Saturated = 0.5;
    private const double Unlearnt = 0.9;
    private const double Worse = 3;
    private const double Vanished = 1e-3;
    private const double Fitted = 0.1;
    private const double Noticeable = 0.2;
    private const double MeanWeight = 0.1;
    private const int Patience = 5;

    private double _firstEntropy = double.NaN;
    private double _saturated = double.NaN;
    private double _firstLoss = double.NaN;
    private double _loss = double.NaN;
    private double _meanLoss = double.NaN;
    private double _bestMeanLoss = double.NaN;
    private double _firstGradient = double.NaN;
    private double _gradient = double.NaN;
    private double _entropy = double.NaN;
    private long _since;
    private int _held;

    /// <summary>Declares it.</summary>
    public static DetectorKind Kind { get; } = new(
        Causes.EntropyCollapse, Causes.EntropyCollapse, DetectorScope.Layer,
        [Vitals.NormalizedEntropy, Vitals.SaturatedShare, Vitals.TrainLoss], [Vitals.GradientNorm],
        WarmUp: 1, IsHard: false, "arXiv 2303.06296, with a condition of harm", () => new EntropyCollapseDetector());

    /// <inheritdoc/>
    public Finding Observe(in Point point)
    {
        if (!double.IsFinite(point.Value))
            return Finding.Unknown;

        switch (point.Series.Name)
        {
            case Vitals.TrainLoss:
                ObserveLoss(point.Value);
                break;
            case Vitals.GradientNorm:
                _firstGradient = double.IsNaN(_firstGradient) ? point.Value : _firstGradient;
                _gradient = point.Value;
                break;
            case Vitals.SaturatedShare:
                _saturated = point.Value;
                break;
            default:
                ObserveEntropy(point);
                break;
        }

        return Verdict();
    }

    /// <inheritdoc/>
    public string Describe(in Finding finding) => FormattableString.Invariant(
        $"the normalised entropy fell to {finding.Value:G3} from {_firstEntropy:G3}, {finding.Reference:P0} of the rows are saturated and the loss suffers");

    /// <inheritdoc/>
    public void Exchange(StateExchange state)
    {
        state.Field("firstEntropy", ref _firstEntropy);
        state.Field("entropy", ref _entropy);
        state.Field("saturated", ref _saturated);
        state.Field("firstLoss", ref _firstLoss);
        state.Field("loss", ref _loss);
        state.Field("meanLoss", ref _meanLoss);
        state.Field("bestMeanLoss", ref _bestMeanLoss);
        state.Field("firstGradient", ref _firstGradient);
        state.Field("gradient", ref _gradient);
        state.Field("since", ref _since);
        state.Field("held", ref _held, 0, Patience);
    }

    private void ObserveLoss(double loss)
    {
        if (double.IsNaN(_firstLoss))
        {
            _firstLoss = loss;
            _meanLoss = loss;
            _bestMeanLoss = loss;
        }

        _loss = loss;
        _meanLoss += MeanWeight * (loss - _meanLoss);
        _bestMeanLoss = Math.Min(_bestMeanLoss, _meanLoss);
    }

    private void ObserveEntropy(in Point point)
    {
        _firstEntropy = double.IsNaN(_firstEntropy) ? point.Value : _firstEntropy;
        _entropy = point.Value;
        bool hasCollapsed = _entropy < Lost * _firstEntropy && _saturated > Saturated && IsHarmful();
        if (hasCollapsed && _held == 0)
            _since = point.Step;
        _held = hasCollapsed ? Math.Min(_held + 1, Patience) : 0;
    }

    private bool IsHarmful()
    {
        double least = Math.Min(_loss, _meanLoss);
        return least > Unlearnt * _firstLoss
            || least > Math.Max(Worse * _bestMeanLoss, Noticeable * _firstLoss)
            || (_gradient < Vanished * _firstGradient && _loss > Fitted * _firstLoss);
    }

    private Finding Verdict() => _held switch
    {
        0 => Finding.Quiet,
        Patience => new(FindingKind.Firing, "collapse", Severity.Warning, _entropy, Lost * _firstEntropy, _saturated, _since, 1),
        _ => new(FindingKind.Pending, "collapse", Score: (double)_held / Patience),
    };
}
