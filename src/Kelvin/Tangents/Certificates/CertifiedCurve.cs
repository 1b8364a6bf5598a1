namespace Kelvin.Tangents.Certificates;

/// <summary>What a pass along the centre path has proved, step by step.</summary>
internal sealed class CertifiedCurve
{
    public CertifiedCurve(int steps)
    {
        Residual = new double[steps + 1];
        Distance = new double[steps + 1];
        Centre = new double[steps + 1];
        Array.Fill(Residual, double.PositiveInfinity);
        Array.Fill(Distance, double.PositiveInfinity);
        Array.Fill(Centre, double.NaN);
    }

    /// <summary>Bound of ‖u_k‖; +∞ where nothing is proved.</summary>
    public double[] Residual { get; }

    /// <summary>Bound of ‖W_k − W_0‖_F.</summary>
    public double[] Distance { get; }

    /// <summary>‖û_k‖ on the centre path: the prediction that the bound surrounds.</summary>
    public double[] Centre { get; }

    /// <summary>Steps at which û is known as a vector, ascending.</summary>
    public List<CurveCheckpoint> Checkpoints { get; } = [];

    /// <summary>The last step with a bound.</summary>
    public int Proved { get; set; } = -1;

    public StopReason Stop { get; set; }

    /// <summary>Checkpoints: kernels evaluated and decomposed.</summary>
    public int Kernels { get; set; }

    /// <summary>Segments tried, each some ten passes over n × m numbers.</summary>
    public int Attempts { get; set; }

    /// <summary>max over the checkpoints of η·λ_max(K).</summary>
    public double StepSharpness { get; set; }

    /// <summary>r at the end: W_k is within this of the centre path.</summary>
    public double Radius { get; set; }

    /// <summary>Pairs of unit and example that changed sign (ReLU).</summary>
    public int Switches { get; set; }

    /// <summary>λ_min(K) at the start and at the end.</summary>
    public double SmallestAtStart { get; set; }

    /// <summary>λ_min(K) at the end.</summary>
    public double SmallestAtEnd { get; set; }

    /// <summary>The bound after step k where a ball around the path's point there is never left again.</summary>
    public void FinishFrom(int step, double distance, TailBall ball)
    {
        double factor = Math.Sqrt(Math.Max(0, ball.Factor));
        double residual = Residual[step];
        for (int k = step + 1; k < Residual.Length; k++)
        {
            residual *= factor;
            Residual[k] = Math.Min(Residual[k], residual);
            Distance[k] = Math.Min(Distance[k], distance + ball.Radius);
        }

        Proved = Residual.Length - 1;
        Stop = StopReason.Finished;
    }

    /// <summary>The centre path's last point.</summary>
    public CentrePoint? End { get; set; }

    /// <summary>‖W̃ − W_0‖ there.</summary>
    public double EndDistance { get; set; }
}
