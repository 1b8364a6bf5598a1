using System.Globalization;
using System.Text;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>A text in which every character beyond U+FFFF is one unit of the same Unicode category.</summary>
/// <remarks>
/// .NET's regular expressions see such a character as two surrogates, so \p{L} misses a mathematical letter and {1,3} counts a digit twice;
/// tokenizers are defined over whole characters. Patterns name categories, not characters of that range, so the shadow matches where the text would.
/// </remarks>
internal sealed class CategoryShadow
{
    private readonly int[]? _positions;

    private CategoryShadow(string text, int[]? positions)
    {
        Text = text;
        _positions = positions;
    }

    public string Text { get; }

    public static CategoryShadow Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
            return new CategoryShadow(text, null);

        var shadow = new StringBuilder(text.Length);
        var positions = new List<int>(text.Length + 1);
        int position = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            shadow.Append(rune.IsBmp ? (char)rune.Value : Representative(Rune.GetUnicodeCategory(rune)));
            positions.Add(position);
            position += rune.Utf16SequenceLength;
        }

        positions.Add(position);
        return new CategoryShadow(shadow.ToString(), [.. positions]);
    }

    /// <summary>The index in the text of an index in the shadow.</summary>
    public int Original(int index) => _positions?[index] ?? index;

    private static char Representative(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\u0100',
        UnicodeCategory.LowercaseLetter => '\u0101',
        UnicodeCategory.TitlecaseLetter => '\u01c5',
        UnicodeCategory.ModifierLetter => '\u02b0',
        UnicodeCategory.OtherLetter => '\u4e00',
        UnicodeCategory.NonSpacingMark => '\u0300',
        UnicodeCategory.SpacingCombiningMark => '\u0903',
        UnicodeCategory.EnclosingMark => '\u0488',
        UnicodeCategory.DecimalDigitNumber => '\u0660',
        UnicodeCategory.LetterNumber => '\u2160',
        UnicodeCategory.OtherNumber => '\u00b2',
        UnicodeCategory.Format => '\u00ad',
        UnicodeCategory.PrivateUse => '\ue000',
        UnicodeCategory.ConnectorPunctuation => '\u203f',
        UnicodeCategory.DashPunctuation => '\u2010',
        UnicodeCategory.OpenPunctuation => '\u0f3a',
        UnicodeCategory.ClosePunctuation => '\u0f3b',
        UnicodeCategory.InitialQuotePunctuation => '\u00ab',
        UnicodeCategory.FinalQuotePunctuation => '\u00bb',
        UnicodeCategory.OtherPunctuation => '\u00a7',
        UnicodeCategory.MathSymbol => '\u00ac',
        UnicodeCategory.CurrencySymbol => '\u00a2',
        UnicodeCategory.ModifierSymbol => '\u00a8',
        UnicodeCategory.OtherSymbol => '\u00a9',
        _ => '\u0378',   // assigned to nothing
    };
}
