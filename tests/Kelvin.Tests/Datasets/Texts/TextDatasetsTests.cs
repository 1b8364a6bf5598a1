using Kelvin.Datasets;

namespace Kelvin.Tests.Datasets;

public sealed class TextDatasetsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kelvin-texts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Folders_are_classes_and_files_are_texts_in_the_order_of_their_paths()
    {
        Write("ham/b.txt", "two");
        Write("ham/a.txt", "one");
        Write("ham/deep/c.txt", "three");
        Write("ham/notes.md", "no text");
        Write("spam/a.txt", "four");
        Write("more/a.txt", "five");

        LabelledTexts texts = TextDatasets.ReadFolders("mail", [("ham", [At("ham")]), ("spam", [At("spam"), At("more")])]);

        Assert.Equal(["one", "two", "three", "four", "five"], texts.Texts);
        Assert.Equal([0, 0, 0, 1, 1], texts.Labels);
        Assert.Equal(["ham", "spam"], texts.ClassNames);
        Assert.Equal(0, texts.Duplicates);
    }

    [Fact]
    public void The_same_text_comes_once()
    {
        Write("ham/a.txt", "same");
        Write("ham/b.txt", "same");
        Write("spam/a.txt", "same");
        Write("spam/b.txt", "other");

        LabelledTexts texts = TextDatasets.ReadFolders("mail", [("ham", [At("ham")]), ("spam", [At("spam")])]);

        Assert.Equal(["same", "other"], texts.Texts);
        Assert.Equal(2, texts.Duplicates);
    }

    [Fact]
    public void A_data_set_has_a_row_a_text()
    {
        Write("ham/a.txt", "one word");
        Write("spam/a.txt", "another");

        Dataset data = new HashedNgrams(64).Apply(TextDatasets.ReadFolders("mail", [("ham", [At("ham")]), ("spam", [At("spam")])]));

        Assert.Equal((2, 64, 2), (data.Rows, data.FeatureCount, data.ClassCount));
        Assert.Equal([0, 1], data.Labels.ToArray());
    }

    [Fact]
    public void What_cannot_be_read_is_said()
    {
        Write("ham/a.md", "not a txt");

        Says("There is no such folder", () => TextDatasets.ReadFolders("mail", [("ham", [At("nowhere")]), ("spam", [])]));
        Says("has no file *.txt", () => TextDatasets.ReadFolders("mail", [("ham", [At("ham")]), ("spam", [])]));
        Says("There are 1 classes", () => TextDatasets.ReadFolders("mail", [("ham", [At("ham")])]));
    }

    private static void Says(string part, Action action) =>
        Assert.Contains(part, Assert.Throws<DatasetException>(action).Message, StringComparison.Ordinal);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
    }
}
