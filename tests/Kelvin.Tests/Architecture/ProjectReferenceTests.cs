using System.Xml.Linq;

namespace Kelvin.Tests.Architecture;

public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Kelvin"] = [],
        ["Kelvin.Chat"] = ["Kelvin"],
        ["Kelvin.Monitoring"] = ["Kelvin"],
        ["Kelvin.Reports"] = ["Kelvin"],
        ["Kelvin.Inspection"] = ["Kelvin", "Kelvin.Reports"],
        ["Kelvin.Cli"] = ["Kelvin", "Kelvin.Chat", "Kelvin.Inspection", "Kelvin.Monitoring", "Kelvin.Reports"],
    };

    private static readonly string[] Folders = ["src", "tests", "bench"];

    [Fact]
    public void Projects_refer_only_to_projects_below_them()
    {
        foreach (string project in Projects())
        {
            string name = Path.GetFileNameWithoutExtension(project);

            Assert.True(Allowed.ContainsKey(name), $"{name} has no place in the order of projects: give it one here and in docs/architecture.md.");
            Assert.Empty(References(project).Except(Allowed[name], StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Every_project_of_the_product_and_of_its_tests_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "Kelvin.slnx"));
        IEnumerable<string> forgotten = Folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(path => !solution.Contains(path, StringComparison.Ordinal));

        Assert.Empty(forgotten);
    }

    private static IEnumerable<string> Projects() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories);

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
}
