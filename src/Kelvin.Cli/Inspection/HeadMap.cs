using System.Globalization;
using Kelvin.Cli.Frame;
using Kelvin.Inspection;
using Kelvin.Inspection.Sites;

namespace Kelvin.Cli.Inspection;

/// <summary>Draws layers by heads as bars of one character each, so that odd heads catch the eye.</summary>
internal static class HeadMap
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const int MostHeads = 60;
    private const int MostLayers = 48;

    /// <summary>Prints the map if there is more than one layer with heads.</summary>
    public static void Write(CliHost host, InspectionReport report)
    {
        SoftmaxSite[] sites = [.. report.Attention.Where(site => site.Heads.Count > 0)];
        if (sites.Length < 2)
            return;

        host.Write("\nEntropy of the heads, H/log k from ▁ (0) to █ (1), a line a layer:");
        foreach (SoftmaxSite site in sites.Take(MostLayers))
        {
            string heads = string.Concat(site.Heads.Take(MostHeads).Select(head => Bar(head.NormalizedEntropy.Mean)));
            host.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{site.Layer,4}  {heads}{(site.Heads.Count > MostHeads ? "…" : "")}"));
        }

        if (sites.Length > MostLayers)
            host.Write(string.Create(CultureInfo.InvariantCulture, $"… and {sites.Length - MostLayers} layers more; --html and --json show all."));
    }

    private static char Bar(double share) => double.IsNaN(share) ? '·' : Bars[Math.Clamp((int)(share * Bars.Length), 0, Bars.Length - 1)];
}
