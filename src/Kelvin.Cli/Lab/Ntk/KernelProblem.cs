using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Ntk;

/// <summary>A data set as the kernel experiments see it: points on the unit sphere and one target of ±1 each.</summary>
/// <param name="Name">Of the data.</param>
/// <param name="Question">Which classes are told apart.</param>
/// <param name="Set">The examples.</param>
/// <param name="Test">Points that are not among them.</param>
internal sealed record KernelProblem(string Name, string Question, TrainingSet<double> Set, ReadOnlyMatrixView<double> Test)
{
    private const int MostTestRows = 200;

    /// <summary>The earlier half of the classes gets −1, the later half +1.</summary>
    /// <param name="data">The data.</param>
    /// <param name="rows">Examples at most.</param>
    /// <param name="size">Multiplies the targets.</param>
    public static KernelProblem Of(LabData data, int rows, double size = 1)
    {
        TrainingSet<double> labelled = data.Set<double>(data.FewTrainingRows(rows));
        int middle = data.Classes / 2;
        MatrixView<double> targets = MatrixView.Allocate<double>(labelled.Rows, 1);
        for (int i = 0; i < labelled.Rows; i++)
            targets[i, 0] = labelled.Labels.Span[i] < middle ? -size : size;
        string question = data.Classes == 2
            ? "the two classes"
            : LabWords.Text($"classes {Range(0, middle - 1)} against {Range(middle, data.Classes - 1)}");
        return new KernelProblem(data.All.Name, question, TrainingSet.Regression<double>(labelled.Inputs, targets), data.Set<double>(data.Split.Test.AsSpan(0, Math.Min(MostTestRows, data.Split.Test.Length))).Inputs);
    }

    /// <summary>The theory's network in NTK scaling for it: one output, 0 at the start.</summary>
    public NetworkOptions Network(HiddenActivation activation, int hidden, double scale, double temperature) => new()
    {
        Inputs = Set.Inputs.Columns,
        Hidden = hidden,
        Outputs = 1,
        Activation = activation,
        Parametrisation = Parametrisation.Ntk,
        TrainOutputWeights = false,
        UseBias = false,
        SymmetricStart = true,
        InitialScale = scale,
        Temperature = temperature,
    };

    private static string Range(int first, int last) => first == last ? LabWords.Text($"{first}") : LabWords.Text($"{first}–{last}");
}
