using Kelvin.Cli.Configuration;

namespace Kelvin.Cli.Training.Config;

/// <summary>What the sections <c>training</c> of networks and of transformers check alike.</summary>
internal static class TrainingConfigs
{
    /// <summary>A fault if a seed is there twice.</summary>
    public static IEnumerable<ConfigProblem> SeedsTwice(IReadOnlyList<int> seeds)
    {
        int? twice = seeds.GroupBy(seed => seed).Where(group => group.Count() > 1).Select(group => (int?)group.Key).FirstOrDefault();
        if (twice is not null)
            yield return new("seeds", FormattableString.Invariant($"training.seeds holds {twice} twice; the same seed gives the same run."), "Keep each seed once.");
    }
}
