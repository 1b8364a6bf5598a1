using System.Globalization;

namespace Kelvin.Datasets.Tasks;

/// <summary>The tasks, in the order of <see cref="TaskKind"/>.</summary>
internal static class TaskDefinitions
{
    private const int DaysOfMonth = 28;   // every month has them
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    public static IReadOnlyList<TaskDefinition> All { get; } =
    [
        new(TaskKind.Addition, 0.16, "89", 0, Addition, "Add {0} and {1}:", "{0}+{1}=", "Please, the sum of {0} and {1}:", "wats {0} an {1} ?", "{0} and {1}:"),
        new(TaskKind.Sorting, 0.15, "nopqrstuvwxyz", 0.2, Sorting, "Sort the letters {0}:", "sort({0})=", "Please, {0} in order:", "srt {0} plz", "Order {0}:"),
        new(TaskKind.Copying, 0.11, "uvwxyz", 0, Copying, "Copy {0}:", "copy({0})=", "Please, {0} once more:", "cpy {0} plz", "Say {0}:"),
        new(TaskKind.Dates, 0.25, "3456789", 0, Dates, "Is {0} or {1} earlier?", "min({0},{1})=", "Please, first of {0}, {1}:", "wich is 1st {0} {1} ?", "{0} or {1}?"),
        new(TaskKind.Parity, 0.09, "89", 0, Parity, "Is {0} even or odd?", "parity({0})=", "Please, is {0} even?", "{0} evn or od ?", "What is {0}?"),
        new(TaskKind.Reversing, 0.13, "uvwxyz", 0, Reversing, "Reverse {0}:", "reverse({0})=", "Please, {0} backwards:", "bakwards {0} plz", "Turn {0}:"),
        new(TaskKind.Replacing, 0.11, "d", 0, Replacing, "Replace {0} by {1} in {2}:", "{2}[{0}>{1}]=", "Please, {1} for {0} in {2}:", "chnge {0} to {1} in {2} plz", "{0}, {1}, {2}:"),
    ];

    private static TaskContent Addition(Random random)
    {
        int a = random.Next(1000, 9991), b = random.Next(1, 10);   // 80 919 sums: too many to learn one by one
        return new(Text(a + b), Text(a), Text(b));
    }

    private static TaskContent Sorting(Random random)
    {
        char[] word = Word(random, 4, 6, 'a', 26);
        return new(new([.. word.Order()]), new string(word));
    }

    private static TaskContent Copying(Random random)
    {
        string word = new(Word(random, 4, 7, 'a', 26));
        return new(word, word);
    }

    private static TaskContent Dates(Random random)
    {
        int year = Months.Length * DaysOfMonth, a = random.Next(year), b = (a + random.Next(1, year)) % year;
        return new(Day(Math.Min(a, b)), Day(a), Day(b));
    }

    private static TaskContent Parity(Random random)
    {
        int number = random.Next(100, 100_000);
        return new(number % 2 == 0 ? "even" : "odd", Text(number));
    }

    private static TaskContent Reversing(Random random)
    {
        char[] word = Word(random, 4, 6, 'a', 26);
        return new(new([.. word.Reverse()]), new string(word));
    }

    private static TaskContent Replacing(Random random)
    {
        char[] word = Word(random, 5, 6, 'a', 4);
        char a = word[random.Next(word.Length)], b = (char)('a' + ((a - 'a' + random.Next(1, 4)) % 4));
        return new(new(Array.ConvertAll(word, letter => letter == a ? b : letter)), a.ToString(), b.ToString(), new(word));
    }

    private static char[] Word(Random random, int shortest, int longest, char first, int letters)
    {
        char[] word = new char[random.Next(shortest, longest + 1)];
        for (int i = 0; i < word.Length; i++)
            word[i] = (char)(first + random.Next(letters));
        return word;
    }

    private static string Day(int day) => $"{Text((day % DaysOfMonth) + 1)} {Months[day / DaysOfMonth]}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
