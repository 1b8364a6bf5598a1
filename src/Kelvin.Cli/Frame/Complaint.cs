namespace Kelvin.Cli.Frame;

/// <summary>Writes lines such as <c>error: …</c>, <c>hint: …</c> and <c>warning: …</c> to standard error.</summary>
internal static class Complaint
{
    private const string Reset = "\u001b[0m";

    /// <summary>Writes one line; line breaks within the text become spaces, so that a line stays a line.</summary>
    public static void Write(CliHost host, string kind, string text)
    {
        string line = string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        string label = host.ColoursErrors ? $"{ColourOf(kind)}{kind}:{Reset}" : $"{kind}:";
        host.Error.WriteLine($"{label} {line}");
    }

    private static string ColourOf(string kind) => kind switch
    {
        "error" => "\u001b[1;31m",
        "warning" => "\u001b[1;33m",
        _ => "\u001b[1;36m",
    };
}
