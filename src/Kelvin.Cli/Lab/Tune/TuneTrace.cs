namespace Kelvin.Cli.Lab.Tune;

/// <summary>What a search found, and what it had spent when it found it.</summary>
/// <param name="Best">The setting with the smallest validation loss.</param>
/// <param name="Loss">That loss, in nats.</param>
/// <param name="Cost">All arithmetic of the search, in operations.</param>
/// <param name="Spent">Arithmetic spent when each whole run was done, in order.</param>
/// <param name="BestSoFar">The smallest loss of a whole run by then.</param>
internal sealed record TuneTrace(
    TuneSetting Best, double Loss, double Cost, IReadOnlyList<double> Spent, IReadOnlyList<double> BestSoFar)
{
    /// <summary>Arithmetic spent when a loss was first reached; +∞ if it never was.</summary>
    public double CostToReach(double loss)
    {
        for (int i = 0; i < Spent.Count; i++)
        {
            if (BestSoFar[i] <= loss)
                return Spent[i];
        }

        return double.PositiveInfinity;
    }
}
