namespace Kelvin.Monitoring;

/// <summary>Names the series that Kelvin computes and its detectors read; units are in docs/monitoring.md.</summary>
public static class Vitals
{
    /// <summary>Mean training loss of the step's batch, before its update; nat for cross-entropy.</summary>
    public const string TrainLoss = "train.loss";

    /// <summary>Mean loss on held-out data; nat for cross-entropy.</summary>
    public const string EvalLoss = "eval.loss";

    /// <summary>Share of held-out examples classified correctly.</summary>
    public const string EvalAccuracy = "eval.accuracy";

    /// <summary>Learning rate η actually applied.</summary>
    public const string LearningRate = "optim.lr";

    /// <summary>Global gradient norm ‖g‖₂ before clipping.</summary>
    public const string GradientNorm = "optim.grad.norm";

    /// <summary>Number of non-finite gradient entries.</summary>
    public const string GradientNonFinite = "optim.grad.nonfinite";

    /// <summary>‖Δw‖₂/‖w‖₂ of the step's update.</summary>
    public const string UpdateRatio = "optim.update_ratio";

    /// <summary>
    /// ‖g‖‖Δw‖/L, which for plain gradient descent is η‖g‖²/L: the decrease that the step promises to first order, as a multiple of the whole
    /// loss. g and L must be of the same reduction (mean or sum), and Δw along −g.
    /// </summary>
    public const string PromisedDecrease = "optim.decrease.promised";

    /// <summary>‖w‖₂ before the step's update.</summary>
    public const string WeightNorm = "optim.weight.norm";

    /// <summary>Number of non-finite weights.</summary>
    public const string WeightNonFinite = "optim.weight.nonfinite";

    /// <summary>Share of units that are inactive on the whole batch.</summary>
    public const string DeadShare = "act.dead.share";

    /// <summary>Largest logit over the batch.</summary>
    public const string LogitMax = "softmax.logit.max";

    /// <summary>Mean log-sum-exp of the rows.</summary>
    public const string LogSumExp = "softmax.lse.mean";

    /// <summary>Mean entropy of the rows, nat.</summary>
    public const string Entropy = "softmax.entropy";

    /// <summary>Mean of H/ln n over the rows, from 0 to 1.</summary>
    public const string NormalizedEntropy = "softmax.entropy.normalized";

    /// <summary>Mean largest probability of the rows.</summary>
    public const string MaxProbability = "softmax.prob.max";

    /// <summary>Mean distance between the two largest logits of a row.</summary>
    public const string Margin = "softmax.margin";

    /// <summary>Mean effective number exp(H) of the rows.</summary>
    public const string EffectiveSupport = "softmax.support.effective";

    /// <summary>Mean participation 1/Σp² of the rows.</summary>
    public const string Participation = "softmax.support.hhi";

    /// <summary>Share of rows with a probability above 0.99.</summary>
    public const string SaturatedShare = "softmax.saturated.share";

    /// <summary>Number of logits that are non-finite or beyond the half-precision range.</summary>
    public const string OverflowCount = "softmax.overflow.count";

    /// <summary>Largest output logit over the batch.</summary>
    public const string OutputLogitMax = "softmax.out.logit.max";

    /// <summary>Mean log-sum-exp of the output rows.</summary>
    public const string OutputLogSumExp = "softmax.out.lse.mean";

    /// <summary>Mean of H/ln n over the output rows.</summary>
    public const string OutputNormalizedEntropy = "softmax.out.entropy.normalized";

    /// <summary>Mean largest output probability: the confidence.</summary>
    public const string OutputMaxProbability = "softmax.out.prob.max";

    /// <summary>The series measured at every step, in which a non-finite value is a fault by itself.</summary>
    public static IReadOnlyList<string> EveryStep { get; } =
    [
        TrainLoss, EvalLoss, LearningRate, GradientNorm, GradientNonFinite, UpdateRatio, WeightNorm, WeightNonFinite,
        LogitMax, LogSumExp, OverflowCount, OutputLogitMax, OutputLogSumExp,
    ];
}
