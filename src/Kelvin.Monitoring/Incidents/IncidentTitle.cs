namespace Kelvin.Monitoring;

/// <summary>Writes an incident's sentence: what, where, since when, by which numbers, and the first thing to do.</summary>
internal static class IncidentTitle
{
    public static string Of(CauseEntry cause, IReadOnlyList<Evidence> evidence)
    {
        Evidence main = Main(cause.Cause, evidence);
        return FormattableString.Invariant(
            $"{cause.Headline}{Place(main.Series)} since step {main.SinceStep}: {main.Text}; {cause.Action}.");
    }

    private static Evidence Main(string cause, IReadOnlyList<Evidence> evidence)
    {
        foreach (Evidence item in evidence)
        {
            if (item.Detector == cause)
                return item;
        }

        return evidence[0];
    }

    private static string Place(Series series) => (series.Layer, series.Head) switch
    {
        ({ } layer, { } head) => FormattableString.Invariant($" in layer {layer}, head {head}"),
        ({ } layer, null) => FormattableString.Invariant($" in layer {layer}"),
        _ => "",
    };
}
