using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Tests.Stability;

public sealed class StepTrialsTests
{
    [Fact]
    public void Of_a_linear_problem_the_largest_stable_step_is_two_over_the_curvature()
    {
        // Units so far from their kinks that none switches: the output is linear in the weights, and a loss that grows never comes back.
        StepTrials trials = Trials(HiddenActivation.Relu, hidden: 64, temperature: 1, [[1.0, 0.0], [0.0, 1.0]], scale: 1000);

        StableStepResult found = trials.FindLargest();

        Assert.True(trials.IsJudgeable);
        Assert.InRange(found.Multiple, 0.9, 1.1);
        Assert.InRange(found.High / found.Low, 1, 1.05);
    }

    [Fact]
    public void The_bracket_holds_what_it_says()
    {
        StepTrials trials = Trials(HiddenActivation.Softmax, hidden: 32, temperature: 0.7, [[1.0, 0.2], [0.3, -1.0], [-0.7, 0.4]], scale: 1);

        StableStepResult found = trials.FindLargest();

        Assert.True(StepTrials.IsStable(trials.Run(found.Low)));
        Assert.False(StepTrials.IsStable(trials.Run(found.High)));
        Assert.Equal(trials.Run(found.High), trials.Run(found.High));
    }

    [Fact]
    public void Without_a_gradient_nothing_is_judged()
    {
        StepTrials trials = Trials(HiddenActivation.Softmax, hidden: 4, temperature: 1, [[0.0, 0.0], [0.0, 0.0]], scale: 1);

        Assert.False(trials.IsJudgeable);
        Assert.True(double.IsNaN(trials.FindLargest().Multiple));
    }

    private static StepTrials Trials(HiddenActivation activation, int hidden, double temperature, double[][] inputs, double scale)
    {
        var options = new NetworkOptions
        {
            Inputs = inputs[0].Length,
            Hidden = hidden,
            Outputs = 2,
            Activation = activation,
            Parametrisation = Parametrisation.Ntk,
            TrainOutputWeights = false,
            UseBias = false,
            SymmetricStart = true,
            Temperature = temperature,
            InitialScale = scale,
        };
        MatrixView<double> wide = MatrixView.Allocate<double>(inputs.Length, inputs[0].Length);
        MatrixView<float> narrow = MatrixView.Allocate<float>(inputs.Length, inputs[0].Length);
        for (int i = 0; i < inputs.Length; i++)
        {
            for (int j = 0; j < inputs[i].Length; j++)
                (wide[i, j], narrow[i, j]) = (inputs[i][j], (float)inputs[i][j]);
        }

        int[] labels = [.. Enumerable.Range(0, inputs.Length).Select(i => i % 2)];
        return new StepTrials(
            TwoLayerNetwork.Create<float>(options, 1),
            TrainingSet.Classification<float>(narrow, labels),
            TrainingSet.Classification<double>(wide, labels),
            new StepTrialOptions { Descent = new DescentOptions { MaxSteps = 1000, TargetShare = 0.05, DivergenceFactor = 100 } },
            TestContext.Current.CancellationToken);
    }
}
