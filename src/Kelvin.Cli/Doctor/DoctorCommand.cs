using System.CommandLine;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Doctor;

/// <summary><c>kelvin doctor</c>: says what this machine has, what is missing, and which setting won.</summary>
internal sealed class DoctorCommand : KelvinCommand
{
    private readonly Option<bool> _json = Flags.Json();

    public DoctorCommand(CliHost host)
        : base(
            host,
            "doctor",
            "Say what this machine has, what is missing, and which settings are in force.",
            new CommandExample("kelvin doctor", "Checks the machine in about a second; exit 0 if all is there, 3 if not."),
            new CommandExample("kelvin doctor --threads 2 --json", "The same as JSON, with a flag that beats KELVIN_THREADS."))
    {
        Options.Add(_json);
        foreach (ISetting setting in Settings.All)
            Options.Add(setting.CreateOption());
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        SettingsFile file = SettingsFile.Read(Host);
        Diagnosis diagnosis = Diagnosis.Make(arguments, Host, file, cancellationToken);
        if (arguments.GetValue(_json))
            JsonOutput.Print(Host, diagnosis);
        else
            DiagnosisView.Write(Host, diagnosis);
        return Task.FromResult(diagnosis.Healthy ? ExitCode.Good : ExitCode.Outside);
    }
}
