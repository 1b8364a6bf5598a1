using System.Text.RegularExpressions;
using Kelvin.Linear;

namespace Kelvin.Datasets;

/// <summary>Turns texts into rows of numbers without a vocabulary: words and pairs of words, hashed to a fixed number of places.</summary>
/// <remarks>
/// <para>A word is a run of letters and digits, or one other sign that is no blank; case is kept apart by a sign of its own (<c>FREE</c> and <c>free</c> are two words). Each n-gram that occurs c times adds
/// ±(1 + log c) to place h mod d, the sign from another bit of the hash, so that collisions cancel on average. The row is then scaled to length 1.</para>
/// <para>The hash is FNV-1a over UTF-16, the same on every machine. Source: Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009.</para>
/// <para>Cost: O(characters) for a text, d doubles for its row.</para>
/// </remarks>
/// <param name="dimensions">d ≥ 1: numbers of a row.</param>
/// <param name="longest">Longest n-gram in words, from 1 to 4.</param>
/// <param name="mostWords">Words read of each text; the rest is not looked at.</param>
public sealed partial class HashedNgrams(int dimensions = 4096, int longest = 2, int mostWords = 2000)
{
    private const ulong Start = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>d.</summary>
    public int Dimensions { get; } = dimensions >= 1 ? dimensions : throw new ArgumentOutOfRangeException(nameof(dimensions), $"dimensions is {dimensions}, but must be at least 1.");

    private readonly int _longest = longest is >= 1 and <= 4 ? longest : throw new ArgumentOutOfRangeException(nameof(longest), $"longest is {longest}, but must be from 1 to 4.");
    private readonly int _mostWords = mostWords >= 1 ? mostWords : throw new ArgumentOutOfRangeException(nameof(mostWords), $"mostWords is {mostWords}, but must be at least 1.");

    /// <summary>The features of labelled texts as a data set.</summary>
    public Dataset Apply(LabelledTexts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        MatrixView<double> features = MatrixView.Allocate<double>(texts.Texts.Count, Dimensions);
        for (int i = 0; i < texts.Texts.Count; i++)
            Apply(texts.Texts[i], features.Row(i));
        return new Dataset(texts.Name, features, [.. texts.Labels], [.. Enumerable.Range(0, Dimensions).Select(i => FormattableString.Invariant($"h{i}"))], texts.ClassNames);
    }

    /// <summary>The features of one text.</summary>
    /// <param name="text">Any text; one without words gives zeros.</param>
    /// <param name="row">Shape [d]; overwritten.</param>
    /// <exception cref="ArgumentException">The row has another length than d.</exception>
    public void Apply(string text, Span<double> row)
    {
        ArgumentNullException.ThrowIfNull(text);
        Require.Length<double>(row, Dimensions);
        row.Clear();
        foreach ((ulong hash, int count) in Counts(text))
        {
            double value = 1 + Math.Log(count);
            row[(int)(hash % (ulong)Dimensions)] += (hash >> 63) == 0 ? value : -value;
        }

        double length = Math.Sqrt(System.Numerics.Tensors.TensorPrimitives.SumOfSquares<double>(row));
        if (length > 0)
            System.Numerics.Tensors.TensorPrimitives.Divide<double>(row, length, row);
    }

    private Dictionary<ulong, int> Counts(string text)
    {
        var counts = new Dictionary<ulong, int>();
        Span<ulong> last = stackalloc ulong[4];   // the hashes of the words before, the newest first
        int words = 0;
        foreach (ValueMatch word in Word().EnumerateMatches(text))
        {
            if (words++ == _mostWords)
                break;
            last[..3].CopyTo(last[1..]);
            last[0] = Hash(Start, text.AsSpan(word.Index, word.Length));
            ulong gram = Start;
            for (int n = 0; n < Math.Min(_longest, words); n++)
            {
                gram = Mixed(gram ^ last[n]);
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, gram, out _)++;
            }
        }

        return counts;
    }

    private static ulong Hash(ulong hash, ReadOnlySpan<char> word)
    {
        foreach (char c in word)
            hash = (hash ^ c) * Prime;
        return hash;
    }

    /// <summary>The finaliser of MurmurHash3: FNV's high bits mix badly for short words.</summary>
    private static ulong Mixed(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }

    [GeneratedRegex(@"[\p{L}\p{Nd}]+|[^\s\p{L}\p{Nd}]", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Word();
}
