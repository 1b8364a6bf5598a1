namespace Kelvin.Cli.Training;

/// <summary>How far a run has come, for the eyes of the user.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Position">Where in the run that is, in words: "epoch 3 of 10".</param>
/// <param name="Loss">Loss of the step.</param>
/// <param name="LearningRate">Its learning rate.</param>
/// <param name="GradientNorm">Its gradient's length.</param>
/// <param name="Softmax">What the softmaxes inside do, in a line; null if there are none.</param>
internal sealed record TrainProgress(long Step, string Position, double Loss, double LearningRate, double GradientNorm, string? Softmax);
