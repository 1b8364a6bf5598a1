namespace Kelvin.Cli.Lab.Tune;

/// <summary>One choice of what is tuned.</summary>
/// <param name="LearningRate">η of gradient descent with momentum.</param>
/// <param name="Temperature">T of the hidden softmax.</param>
/// <param name="Hidden">m.</param>
internal readonly record struct TuneSetting(double LearningRate, double Temperature, int Hidden)
{
    public override string ToString() => LabWords.Text($"step {LabWords.Number(LearningRate)}, T = {LabWords.Number(Temperature)}, {Hidden} units");
}
