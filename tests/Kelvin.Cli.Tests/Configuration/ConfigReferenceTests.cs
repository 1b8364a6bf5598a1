using Kelvin.Cli.Configuration;

namespace Kelvin.Cli.Tests.Configuration;

public sealed class ConfigReferenceTests
{
    [Fact]
    public void The_page_in_docs_says_what_the_types_say()
    {
        string path = Path.Combine(Repository.Root, "docs", "configuration.md");
        string page = ConfigReference.Markdown();
        if (Environment.GetEnvironmentVariable("KELVIN_ACCEPT") == "1")
            File.WriteAllText(path, page);

        Assert.Equal(page, File.ReadAllText(path));
    }
}
