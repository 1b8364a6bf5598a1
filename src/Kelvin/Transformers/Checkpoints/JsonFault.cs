using System.Globalization;
using System.Text.Json;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Turns what the JSON reader says into a <see cref="ModelFileException"/> with the position of the fault.</summary>
internal static class JsonFault
{
    private const string Remedy = "Fetch or write the file again.";

    /// <param name="file">What to call the file.</param>
    /// <param name="what">What should have been JSON, as the start of a sentence.</param>
    /// <param name="fault">What the reader threw.</param>
    /// <param name="json">What it read.</param>
    public static ModelFileException Of(string file, string what, JsonException fault, ReadOnlySpan<byte> json)
    {
        long position = Position(fault, json);
        if (fault.Message.Contains("maximum configured depth", StringComparison.Ordinal))
        {
            return new ModelFileException(
                file, null, string.Create(CultureInfo.InvariantCulture, $"{what} is nested too deep at byte {position}."), Remedy, fault);
        }

        return new ModelFileException(
            file, null, string.Create(CultureInfo.InvariantCulture, $"{what} is not valid JSON: it breaks off or goes wrong at byte {position}."), Remedy, fault);
    }

    /// <summary>The byte of the fault, from 0: the reader counts lines and bytes in the line.</summary>
    private static long Position(JsonException fault, ReadOnlySpan<byte> json)
    {
        int start = 0;
        for (long line = fault.LineNumber ?? 0; line > 0; line--)
        {
            int end = json[start..].IndexOf((byte)'\n');
            if (end < 0)
                break;
            start += end + 1;
        }

        return start + (fault.BytePositionInLine ?? 0);
    }
}
