namespace Kelvin.Tangents.Certificates;

/// <summary>The training that a certificate is about, and how much work it may be.</summary>
public sealed record CertificateOptions
{
    /// <summary>η of full-batch gradient descent on L = ½ Σ (F − Y)², the sum and not the mean; above 0. For the mean over n examples give η/n.</summary>
    public required double LearningRate { get; init; }

    /// <summary>K, the number of steps; from 1 to 10⁷.</summary>
    public required int Steps { get; init; }

    /// <summary>σ_ξ ≥ 0: standard deviation of the independent Gaussian noise in each target, as the caller knows it; 0 for none.</summary>
    public double LabelNoise { get; init; }

    /// <summary>1 − δ, the probability with which the statements about noise and new data hold; the loss curve and the ball are certain.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>
    /// B > 0, fixed before the data are seen: new data are judged by min(1, ‖F(x) − y‖²/B²). Null: no statement about new data.
    /// </summary>
    public double? ErrorScale { get; init; }

    /// <summary>
    /// Most kernels that one pass may evaluate, at least 2. More allow longer and harder training to be certified; where K is less, the certificate
    /// may cost more than the training.
    /// </summary>
    public int MaxCheckpoints { get; init; } = 512;

    internal void Check()
    {
        Require.Positive(LearningRate);
        Require.Between(Steps, 1, 10_000_000);
        Require.Between(LabelNoise, 0, double.MaxValue);
        Require.That(
            Confidence is > 0 and < 1, $"Confidence is {Confidence}, but must lie between 0 and 1, as 0.95.", nameof(Confidence));
        Require.That(
            ErrorScale is null or (> 0 and < double.PositiveInfinity),
            $"ErrorScale is {ErrorScale}, but must be finite and above 0, or null for no statement about new data.",
            nameof(ErrorScale));
        Require.Between(MaxCheckpoints, 2, int.MaxValue);
    }
}
