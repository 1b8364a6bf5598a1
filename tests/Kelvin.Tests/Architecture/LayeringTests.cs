using System.Text.RegularExpressions;

namespace Kelvin.Tests.Architecture;

public sealed partial class LayeringTests
{
    private static readonly string[] Order =
        ["Linear", "Statistics", "Softmax", "Temperatures", "Datasets", "Networks", "Tangents", "Diffusion", "Transformers", "Stability"];

    [Fact]
    public void A_folder_of_the_library_uses_only_folders_that_come_before_it()
    {
        string library = Path.Combine(Repository.Root, "src", "Kelvin");
        IEnumerable<string> upward =
            from file in Directory.EnumerateFiles(library, "*.cs", SearchOption.AllDirectories)
            let folder = Path.GetRelativePath(library, file).Split(Path.DirectorySeparatorChar)[0]
            from use in Folder().Matches(File.ReadAllText(file))
            where Array.IndexOf(Order, use.Groups["folder"].Value) > Array.IndexOf(Order, folder)
            select $"{folder}/{Path.GetFileName(file)} uses {use.Groups["folder"].Value}";

        Assert.Empty(upward);
    }

    [GeneratedRegex(@"^using (static )?Kelvin\.(?<folder>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Folder();
}
