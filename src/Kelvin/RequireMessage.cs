using System.Globalization;
using System.Runtime.CompilerServices;

namespace Kelvin;

/// <summary>The message of <see cref="Require.That(bool, ref RequireMessage, string)"/>: built, in the invariant culture, only where the condition does not hold.</summary>
[InterpolatedStringHandler]
internal ref struct RequireMessage
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>What the compiler calls before it evaluates any of the message's holes.</summary>
    /// <param name="literalLength">Characters outside the holes.</param>
    /// <param name="formattedCount">Number of holes.</param>
    /// <param name="holds">The condition.</param>
    /// <param name="isNeeded">Whether the rest is evaluated.</param>
    public RequireMessage(int literalLength, int formattedCount, bool holds, out bool isNeeded)
    {
        isNeeded = !holds;
        if (isNeeded)
            _text = new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);

    public string ToStringAndClear() => _text.ToStringAndClear();
}
