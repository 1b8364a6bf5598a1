namespace Kelvin.Cli.Training;

/// <summary>A trainer of whatever kind, as far as it can be stopped, saved and taken up again.</summary>
/// <param name="Step">Steps taken so far.</param>
/// <param name="TotalSteps">Steps of the whole run.</param>
/// <param name="Save">Writes all that it needs to go on.</param>
/// <param name="Restore">Reads that again; the text is what to call it in an error.</param>
internal sealed record Resumable(Func<long> Step, long TotalSteps, Action<Stream> Save, Action<Stream, string> Restore);
