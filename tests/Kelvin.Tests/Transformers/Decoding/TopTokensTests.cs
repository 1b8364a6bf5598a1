using CsCheck;
using Kelvin.Transformers.Decoding;

namespace Kelvin.Tests.Transformers.Decoding;

public sealed class TopTokensTests
{
    [Fact]
    public void They_are_the_first_of_a_stable_sort() =>
        Gen.Select(Gen.Int[-5, 5].Array[0, 40], Gen.Int[0, 12]).Sample((values, wanted) =>
        {
            float[] z = Array.ConvertAll(values, x => x == -5 ? float.NegativeInfinity : x);
            int[] tokens = new int[wanted];
            int count = TopTokens.Largest(z, tokens);
            IEnumerable<int> expected = Enumerable.Range(0, z.Length).Where(i => float.IsFinite(z[i])).OrderByDescending(i => z[i]).ThenBy(i => i).Take(wanted);
            return expected.SequenceEqual(tokens.Take(count));
        });
}
