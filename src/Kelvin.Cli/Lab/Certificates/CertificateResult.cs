namespace Kelvin.Cli.Lab.Certificates;

/// <summary>What was certified, and how it went.</summary>
/// <param name="Plan">What was asked.</param>
/// <param name="Data">On which data.</param>
/// <param name="Runs">One for each activation.</param>
internal sealed record CertificateResult(CertificatePlan Plan, CertificateData Data, IReadOnlyList<CertifiedRun> Runs)
{
    /// <summary>Steps at which a run was above a bound.</summary>
    public int Violations => Runs.Sum(run => run.Check.Violations);
}
