using Kelvin.Networks;

namespace Kelvin.Tests.Networks;

/// <summary>Keeps all that an observer is told.</summary>
internal sealed class StepLog : ITrainingObserver
{
    public List<TrainingStep> Steps { get; } = [];

    public List<ValidationResult> Validations { get; } = [];

    public Action<long> OnStepDone { get; init; } = _ => { };

    public void OnStep(in TrainingStep taken)
    {
        Steps.Add(taken);
        OnStepDone(taken.Step);
    }

    public void OnValidation(in ValidationResult result) => Validations.Add(result);
}
