namespace Kelvin.Conformance;

internal static class Program
{
    private const string Usage = """
        usage: Kelvin.Conformance DIR [--json] [--family NAME[,NAME…]]

        Evaluates the fixture files under DIR in double and in float, and prints for each file how many cases
        passed, failed and were skipped, and the worst error in units of its tolerance. Exit code: 0 all passed,
        1 a case failed or none was run, 2 wrong usage.
        """;

    private static int Main(string[] arguments)
    {
        string? folder = null;
        string[]? families = null;
        bool json = false;
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--json")
                json = true;
            else if (arguments[i] == "--family" && i + 1 < arguments.Length)
                families = arguments[++i].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            else if (folder is null && !arguments[i].StartsWith('-'))
                folder = arguments[i];
            else
                return Fail($"'{arguments[i]}' is not understood.");
        }

        if (folder is null)
            return Fail("There is no folder to look in.");
        if (!Directory.Exists(folder))
            return Fail($"There is no folder '{folder}'.");
        if (families?.FirstOrDefault(name => !FamilyCatalog.Names.Any(family => FamilyCatalog.IsMeant(family, name))) is { } unknown)
            return Fail($"There is no family '{unknown}'; there are {string.Join(", ", FamilyCatalog.Names)}.");

        IReadOnlyList<FileResult> results = ConformanceRun.Evaluate(folder, families);
        Console.Out.Write(json ? JsonReport.Render(results) + "\n" : TextReport.Render(results));
        bool isGood = results.Any(file => file.Passed > 0) && results.All(file => file.Failed.Count == 0);
        return isGood ? 0 : 1;
    }

    private static int Fail(string problem)
    {
        Console.Error.WriteLine($"error: {problem}");
        Console.Error.WriteLine(Usage);
        return 2;
    }
}
