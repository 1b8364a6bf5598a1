using System.Text;
using CsCheck;
using Kelvin.Transformers.Decoding;

namespace Kelvin.Tests.Transformers.Decoding;

public sealed class StopStringsTests
{
    private static readonly Gen<string> Letters = Gen.Char["ab"].Array[0, 30].Select(x => new string(x));
    private static readonly Gen<string[]> Stops = Gen.Char["ab"].Array[1, 5].Select(x => new string(x)).Array[0, 3];

    [Fact]
    public void The_text_ends_before_the_stop_string_that_is_complete_first_however_it_is_cut() =>
        Gen.Select(Letters, Stops, Gen.Int[1, 7]).Sample((text, stops, piece) =>
        {
            var watch = new StopStrings(stops);
            var released = new StringBuilder();
            bool found = false;
            for (int i = 0; i < text.Length; i += piece)
                found = watch.Append(text.AsSpan(i, Math.Min(piece, text.Length - i)), released);
            watch.Flush(released);

            (string expected, string? stop) = Reference(text, stops);
            Assert.Equal(expected, released.ToString());
            Assert.Equal(stop, watch.Found);
            Assert.Equal(stop is not null, found);
        });

    [Fact]
    public void What_is_released_is_never_taken_back_and_what_is_held_may_still_stop() =>
        Gen.Select(Letters, Stops).Sample((text, stops) =>
        {
            var watch = new StopStrings(stops);
            var released = new StringBuilder();
            foreach (char c in text)
                watch.Append([c], released);

            string held = Reference(text, stops).Text[released.Length..];
            Assert.True(watch.Found is not null || held.Length == 0 || stops.Any(stop => stop.StartsWith(held, StringComparison.Ordinal)));
        });

    [Fact]
    public void A_stop_string_over_three_pieces_is_found_and_the_rest_dropped()
    {
        var watch = new StopStrings(["<end>"]);
        var released = new StringBuilder();

        Assert.False(watch.Append("one <e", released));
        Assert.Equal("one ", released.ToString());
        Assert.False(watch.Append("n", released));
        Assert.True(watch.Append("d> two", released));
        Assert.True(watch.Append("three", released));
        watch.Flush(released);

        Assert.Equal("one ", released.ToString());
        Assert.Equal("<end>", watch.Found);
    }

    [Fact]
    public void An_empty_stop_string_is_refused() => Assert.Throws<ArgumentException>(() => new StopStrings(["a", ""]));

    private static (string Text, string? Stop) Reference(string text, string[] stops)
    {
        for (int end = 1; end <= text.Length; end++)
        {
            string? stop = stops.Where(s => text[..end].EndsWith(s, StringComparison.Ordinal)).MaxBy(s => s.Length);
            if (stop is not null)
                return (text[..(end - stop.Length)], stop);
        }

        return (text, null);
    }
}
