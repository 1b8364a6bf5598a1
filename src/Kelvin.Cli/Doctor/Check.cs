namespace Kelvin.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">How it is.</param>
/// <param name="Found">What was found, in words.</param>
/// <param name="Hint">What to do, if anything.</param>
internal sealed record Check(string Name, CheckState State, string Found, string? Hint = null)
{
    public static Check Good(string name, string found) => new(name, CheckState.Good, found);
}
