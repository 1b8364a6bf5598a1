namespace Kelvin.Tests.Architecture;

public sealed class FileSizeTests
{
    private const int Longest = 400;
    private const int LongestMedian = 120;

    [Fact]
    public void No_source_file_is_over_400_lines_unless_its_first_line_says_why()
    {
        IEnumerable<string> tooLong =
            from file in Sources()
            let lines = File.ReadAllLines(file)
            where lines.Length > Longest && !lines[0].StartsWith("// Over 400 lines because ", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Repository.Root, file)}: {lines.Length} lines";

        Assert.Empty(tooLong);
    }

    [Fact]
    public void The_median_source_file_has_at_most_120_lines()
    {
        int[] lengths = [.. Sources().Select(file => File.ReadAllLines(file).Length).Order()];

        Assert.InRange(lengths[lengths.Length / 2], 1, LongestMedian);
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories);
}
