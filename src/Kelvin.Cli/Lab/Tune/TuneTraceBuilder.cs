namespace Kelvin.Cli.Lab.Tune;

/// <summary>Keeps the books of a search.</summary>
internal sealed class TuneTraceBuilder
{
    private readonly List<double> _spent = [];
    private readonly List<double> _best = [];
    private TuneSetting _setting;

    /// <summary>Arithmetic spent so far.</summary>
    public double Cost { get; private set; }

    /// <summary>The smallest loss so far.</summary>
    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <summary>Adds arithmetic that led to no whole run.</summary>
    public void Spend(double cost) => Cost += cost;

    /// <summary>Adds a whole run.</summary>
    public void Finish(TuneArm arm)
    {
        if (arm.Loss < Loss)
            (Loss, _setting) = (arm.Loss, arm.Setting);
        _spent.Add(Cost);
        _best.Add(Loss);
    }

    public TuneTrace Build() => new(_setting, Loss, Cost, _spent, _best);
}
