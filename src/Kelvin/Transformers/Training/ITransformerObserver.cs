using Kelvin.Networks;

namespace Kelvin.Transformers.Training;

/// <summary>Watches the training of a transformer from inside it; called between steps on the training thread, so keep it short.</summary>
public interface ITransformerObserver
{
    /// <summary>A step was taken, or found the loss or gradient non-finite. Remedies may be switched here, for the next step.</summary>
    void OnStep(in TransformerStep taken);

    /// <summary>The validation set was measured.</summary>
    void OnValidation(in ValidationResult result);
}
