using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Frame;

public sealed class AtomicFileTests
{
    [Fact]
    public void It_makes_folders_and_replaces_what_was_there()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.FullName, "a", "b.txt");

        AtomicFile.WriteText(path, "old");
        AtomicFile.WriteText(path, "new");

        Assert.Equal("a/b.txt", folder.Files());
        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void A_writer_that_fails_half_way_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("kept.txt", "old");

        Assert.Throws<OutsideException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("the disk is gone");
        }));
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, _ => throw new InvalidOperationException()));

        Assert.Equal("kept.txt", folder.Files());
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void A_file_in_the_place_of_a_folder_is_the_outsides_fault()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("file", "x");

        OutsideException refused = Assert.Throws<OutsideException>(() => AtomicFile.WriteText(Path.Combine(file, "page.html"), "x"));

        Assert.Contains("cannot be written", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(refused.Hint);
    }
}
