using Kelvin.Cli.Frame;
using Kelvin.Tangents;
using MathNet.Numerics.Random;

namespace Kelvin.Cli.Lab.Attention;

/// <summary>A question about sequences, answered with ±1.</summary>
/// <param name="Name">What <c>--task</c> calls it.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Vocabulary">Different tokens.</param>
/// <param name="Length">Tokens of a sequence.</param>
internal sealed record AttentionTask(string Name, string Question, int Vocabulary, int Length)
{
    private const int Keys = 8;
    private const int Letters = 27;

    public static IReadOnlyList<AttentionTask> All { get; } =
    [
        new("emma", "16 characters of Austen's Emma: is the next one a vowel?", Letters, 16),
        new("recall", "8 keys with a sign each, then one key: what was its sign?", 3 * Keys, Keys + 1),
    ];

    /// <exception cref="UsageException">There is none of that name.</exception>
    public static AttentionTask Named(string name) => All.FirstOrDefault(task => task.Name == name)
        ?? throw new UsageException($"--task is '{name}', but must be emma or recall.", "emma is the default.");

    /// <summary>Draws sequences, half of them of each answer; one seed, the same sequences.</summary>
    public SequenceSet Draw(int seed, int count)
    {
        var random = new Xoshiro256StarStar(unchecked(seed + 55_000), threadSafe: false);
        int[] tokens = new int[count * Length];
        double[] targets = new double[count];
        byte[]? text = Name == "emma" ? EmmaText.Read() : null;
        for (int i = 0; i < count; i++)
        {
            targets[i] = i % 2 == 0 ? 1 : -1;
            Span<int> sequence = tokens.AsSpan(i * Length, Length);
            if (text is null)
                Recall(random, targets[i] > 0, sequence);
            else
                Excerpt(random, text, targets[i] > 0, sequence);
        }

        return new SequenceSet(tokens, targets);
    }

    private static void Excerpt(Random random, byte[] text, bool isVowel, Span<int> sequence)
    {
        int start;
        do
            start = random.Next(text.Length - sequence.Length);
        while (EmmaText.IsVowel(text[start + sequence.Length]) != isVowel);
        for (int j = 0; j < sequence.Length; j++)
            sequence[j] = text[start + j];
    }

    /// <summary>Tokens 0 to 7 are keys with −, 8 to 15 keys with +, 16 to 23 keys that ask.</summary>
    private static void Recall(Random random, bool isPlus, Span<int> sequence)
    {
        int[] keys = [.. Enumerable.Range(0, Keys)];
        random.Shuffle(keys);
        int asked = random.Next(Keys);
        for (int j = 0; j < Keys; j++)
        {
            bool sign = j == asked ? isPlus : random.Next(2) == 0;
            sequence[j] = keys[j] + (sign ? Keys : 0);
        }

        sequence[Keys] = (2 * Keys) + keys[asked];
    }
}
