using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Tune;

/// <summary>A setting in training, which can be taken further.</summary>
internal sealed class TuneArm
{
    private readonly Trainer<float> _trainer;
    private readonly LabData _data;
    private int _epochs;
    private bool _hasEnded;

    public TuneArm(TunePlan plan, LabData data, TuneSetting setting, int seed)
    {
        Setting = setting;
        _data = data;
        _trainer = new Trainer<float>(
            TwoLayerNetwork.Create<float>(TunePlan.Network(data, setting), seed),
            data.Set<float>(data.Split.Train),
            data.Set<float>(data.Split.Validation),
            plan.Training(setting, seed) with { RestoreBest = false });
    }

    public TuneSetting Setting { get; }

    /// <summary>The best validation loss so far; ∞ where training diverged before there was any.</summary>
    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <summary>Arithmetic spent on it so far.</summary>
    public double Cost { get; private set; }

    /// <summary>Trains until so many epochs are done in all, and returns the arithmetic of it.</summary>
    public double Reach(int epochs, CancellationToken cancellationToken)
    {
        if (_hasEnded || epochs <= _epochs)
            return 0;

        TrainingResult result = _trainer.Run(null, (long)(epochs - _epochs) * _trainer.StepsPerEpoch, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        double spent = (double)(result.Steps - ((long)_epochs * _trainer.StepsPerEpoch)) / _trainer.StepsPerEpoch * TuneCost.Epoch(_data, Setting.Hidden);
        (_epochs, _hasEnded) = (epochs, result.Status is TrainingStatus.Completed or TrainingStatus.Diverged);
        Loss = result.Best?.Loss ?? double.PositiveInfinity;
        Cost += spent;
        return spent;
    }
}
