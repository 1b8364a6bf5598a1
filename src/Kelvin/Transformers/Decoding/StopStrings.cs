using System.Text;

namespace Kelvin.Transformers.Decoding;

/// <summary>Finds the first stop string in text that arrives in pieces, and holds back what may still become one.</summary>
/// <remarks>
/// <para>The text ends where a stop string is first complete, character by character, whatever the pieces: of those that end there, the longest.
/// Neither it nor what follows is released.</para>
/// <para>Held back is the longest end of the text that begins a stop string; at most the longest stop string less one character.</para>
/// <para>Characters are compared as they are: no case, no normalisation. Cost: O(characters × total length of the stop strings).</para>
/// </remarks>
public sealed class StopStrings
{
    private readonly string[] _stops;
    private readonly StringBuilder _held = new();

    /// <summary>Watches for stop strings.</summary>
    /// <param name="stops">Any number; none of them empty.</param>
    /// <exception cref="ArgumentException">A stop string is empty.</exception>
    public StopStrings(IEnumerable<string> stops)
    {
        _stops = [.. stops.OrderByDescending(stop => stop.Length)];
        Require.That(Array.TrueForAll(_stops, stop => stop.Length > 0), "A stop string is empty and would stop before the first token; leave it out.", nameof(stops));
    }

    /// <summary>The stop string that ended the text; null while none has.</summary>
    public string? Found { get; private set; }

    /// <summary>Takes a piece of text and releases what cannot be part of a stop string.</summary>
    /// <param name="piece">The next characters. After a stop string was found they are dropped.</param>
    /// <param name="released">What may be shown is appended to it.</param>
    /// <returns>Whether a stop string was found, now or before.</returns>
    public bool Append(ReadOnlySpan<char> piece, StringBuilder released)
    {
        foreach (char next in piece)
        {
            if (Found is not null)
                break;
            _held.Append(next);
            Found = Array.Find(_stops, EndsHere);
            if (Found is not null)
                _held.Length -= Found.Length;
        }

        Release(Found is null ? _held.Length - LongestBeginning() : _held.Length, released);
        return Found is not null;
    }

    /// <summary>Releases what is held back: the text has ended without becoming a stop string.</summary>
    /// <param name="released">The rest is appended to it.</param>
    public void Flush(StringBuilder released) => Release(_held.Length, released);

    private void Release(int count, StringBuilder released)
    {
        released.Append(_held, 0, count);
        _held.Remove(0, count);
    }

    private bool EndsHere(string stop) => stop.Length <= _held.Length && EndMatches(stop, stop.Length);

    /// <summary>Length of the longest end of the text that begins a stop string.</summary>
    private int LongestBeginning()
    {
        for (int length = Math.Min(_held.Length, _stops.Length == 0 ? 0 : _stops[0].Length - 1); length > 0; length--)
        {
            foreach (string stop in _stops)
            {
                if (length < stop.Length && EndMatches(stop, length))
                    return length;
            }
        }

        return 0;
    }

    private bool EndMatches(string stop, int length)
    {
        for (int i = 0; i < length; i++)
        {
            if (_held[_held.Length - length + i] != stop[i])
                return false;
        }

        return true;
    }
}
