using Kelvin.Datasets.Tasks;

namespace Kelvin.Cli.Training.Language;

/// <summary>How often one task in one phrasing is answered right at one temperature.</summary>
/// <param name="Task">What is asked for.</param>
/// <param name="Phrasing">How it is put.</param>
/// <param name="Temperature">T; 0 is greedy.</param>
/// <param name="Items">Held-out items behind it.</param>
/// <param name="Accuracy">Mean probability of the answer, from 0 to 1.</param>
internal sealed record AccuracyCell(TaskKind Task, TaskPhrasing Phrasing, double Temperature, int Items, double Accuracy);
