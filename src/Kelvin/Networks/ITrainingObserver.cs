namespace Kelvin.Networks;

/// <summary>Watches a training run from inside it; called between steps on the training thread, so keep it short.</summary>
public interface ITrainingObserver
{
    /// <summary>A step was taken, or found the loss or gradient non-finite.</summary>
    void OnStep(in TrainingStep taken);

    /// <summary>The validation set was measured.</summary>
    void OnValidation(in ValidationResult result);
}
