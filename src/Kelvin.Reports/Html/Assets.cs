using System.Security.Cryptography;
using System.Text;

namespace Kelvin.Reports.Html;

/// <summary>The files that every page carries, and the hashes by which its content security policy admits them.</summary>
internal static class Assets
{
    /// <summary>What follows Apache ECharts in the package's bundle: other libraries, and glue that evaluates strings.</summary>
    private const string AfterECharts = ",function(t,e){\"object\"==typeof exports&&\"object\"==typeof module?module.exports=e()";

    /// <summary>Apache ECharts alone; it defines globalThis.echarts.</summary>
    public static string ECharts { get; } = CutECharts(Read("echarts.js"));

    public static string Script { get; } = Read("report.js");

    public static string Style { get; } = Read("report.css");

    /// <summary>Nothing may load or run but what is written into the page.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; script-src {Hash(ECharts)} {Hash(Script)}; style-src {Hash(Style)}; img-src data:; base-uri 'none'; form-action 'none'";

    private static string CutECharts(string bundle)
    {
        int end = bundle.IndexOf(AfterECharts, StringComparison.Ordinal);
        return end < 0
            ? throw new InvalidOperationException("The chart bundle is not the one that Assets knows: look at it, and set AfterECharts anew.")
            : bundle[..end] + ";";
    }

    private static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    private static string Read(string name)
    {
        using Stream stream = typeof(Assets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
