namespace Kelvin.Reports.Html;

/// <summary>Writes a verdict as a sign and words; the colour only repeats them.</summary>
internal static class Badge
{
    public static string Style(Verdict verdict) => verdict switch
    {
        Verdict.Held => "good",
        Verdict.HeldWhen => "warning",
        Verdict.DidNotHold => "bad",
        _ => "open",
    };

    public static void Write(HtmlWriter html, Verdict verdict, string condition = "")
    {
        (string sign, string words) = verdict switch
        {
            Verdict.Held => ("✓", "held"),
            Verdict.HeldWhen => ("◐", condition.Length > 0 ? "held when " + condition : "held under a condition"),
            Verdict.DidNotHold => ("✕", "did not hold"),
            _ => ("?", "undecided"),
        };
        html.Open("span", ("class", "badge " + Style(verdict))).Element("span", sign, ("class", "sign"), ("aria-hidden", "true")).Text(words).Close();
    }
}
