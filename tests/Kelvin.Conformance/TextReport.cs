using System.Globalization;
using System.Text;

namespace Kelvin.Conformance;

/// <summary>The results for a person.</summary>
internal static class TextReport
{
    public static string Render(IReadOnlyList<FileResult> files)
    {
        var text = new StringBuilder();
        foreach (FileResult file in files)
        {
            int skipped = file.Skipped.Count(skip => skip.Fields is null);
            Line(text, $"{file.File}: {file.Cases} cases, {file.Passed} passed, {file.Failed.Count} failed, {skipped} skipped");
            if (file.Worst is { } worst)
                Line(text, $"  worst   {worst.Error:G3} of the tolerance: {worst.Id}, {worst.Field}, {worst.Precision}");
            foreach (Failure failure in file.Failures)
                Line(text, $"  FAILED  {failure.Id}, {failure.Field}, {failure.Precision}: {failure.Message}");
            foreach (IGrouping<string, Skip> same in file.Skipped.GroupBy(What, StringComparer.Ordinal))
                Line(text, $"  skipped {same.Key}: {string.Join(", ", same.Select(skip => skip.Id))}");
        }

        Line(text, $"{files.Sum(file => file.Passed)} passed, {files.Sum(file => file.Failed.Count)} failed, {files.Sum(file => file.Skipped.Count(skip => skip.Fields is null))} skipped");
        return text.ToString();
    }

    private static string What(Skip skip) =>
        skip.Fields is null ? $"({skip.Reason})" : $"fields {string.Join(", ", skip.Fields)} ({skip.Reason})";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
