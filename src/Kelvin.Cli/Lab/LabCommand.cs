using System.CommandLine;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Lab.Attention;
using Kelvin.Cli.Lab.Certificates;
using Kelvin.Cli.Lab.Claims;
using Kelvin.Cli.Lab.Diffusion;
using Kelvin.Cli.Lab.Dynamics;
using Kelvin.Cli.Lab.Landscape;
using Kelvin.Cli.Lab.Ntk;
using Kelvin.Cli.Lab.Stability;
using Kelvin.Cli.Lab.Tune;

namespace Kelvin.Cli.Lab;

/// <summary><c>kelvin lab</c>: the theory, measured. Each experiment is a command of its own; this one only names them.</summary>
internal sealed class LabCommand : Command
{
    public LabCommand(CliHost host)
        : base("lab", "Measure what the theory of softmax networks claims: numbers, intervals, plots.")
    {
        foreach (Command experiment in Experiments(host))
            Subcommands.Add(experiment);
    }

    /// <summary>The experiments, in the order of the help; a new one is one more line.</summary>
    private static IEnumerable<Command> Experiments(CliHost host) =>
    [
        new CertificateCommand(host),
        new ClaimsCommand(host),
        new NtkCommand(host),
        new DynamicsCommand(host),
        new StabilityCommand(host),
        new DiffusionCommand(host),
        new LandscapeCommand(host),
        new TuneCommand(host),
        new AttentionCommand(host),
    ];
}
