using System.Security.Cryptography;
using System.Text;

namespace Kelvin.Datasets;

/// <summary>Reads texts for classification: a file each, the folders say which class.</summary>
/// <remarks>Text is UTF-8; other bytes become U+FFFD, as mail and web pages have them. Files come in the order of their paths, so that a split is the same everywhere.</remarks>
public static class TextDatasets
{
    /// <summary>Longest file that is read, in bytes: beyond, it is hardly one text.</summary>
    public const int LongestFile = 16 << 20;

    /// <summary>Reads the files of some folders, with all below them.</summary>
    /// <param name="name">What to call the data.</param>
    /// <param name="classes">For each class its name and its folders.</param>
    /// <param name="pattern">Which files, such as <c>*.txt</c>.</param>
    /// <exception cref="DatasetException">A folder is missing or has no such file, a file cannot be read or is longer than 16 MB, or there are fewer than two classes.</exception>
    public static LabelledTexts ReadFolders(string name, IReadOnlyList<(string Name, IReadOnlyList<string> Folders)> classes, string pattern = "*.txt")
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Count < 2)
            throw new DatasetException(name, null, null, $"There are {classes.Count} classes, but a classifier needs two.", "Name a folder for each class.");

        var texts = new List<string>();
        var labels = new List<int>();
        var seen = new HashSet<Int128>();
        int duplicates = 0;
        for (int label = 0; label < classes.Count; label++)
        {
            foreach (string folder in classes[label].Folders)
            {
                foreach (string file in Files(folder, pattern))
                {
                    string text = Read(file);
                    if (!seen.Add(Fingerprint(text)))
                    {
                        duplicates++;
                        continue;
                    }

                    texts.Add(text);
                    labels.Add(label);
                }
            }
        }

        return new LabelledTexts(name, texts, labels, [.. classes.Select(one => one.Name)], duplicates);
    }

    private static string[] Files(string folder, string pattern)
    {
        if (!Directory.Exists(folder))
            throw new DatasetException(folder, null, null, "There is no such folder.", "Check the path.");
        string[] files = Directory.GetFiles(folder, pattern, SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new DatasetException(folder, null, null, $"The folder has no file {pattern}.", "Name another pattern, or another folder.");
    }

    private static string Read(string file)
    {
        try
        {
            if (new FileInfo(file).Length > LongestFile)
                throw new DatasetException(file, null, null, "The file is longer than 16 MB.", "Cut it into texts, a file each.");
            return File.ReadAllText(file, Encoding.UTF8);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(file, null, null, "The file cannot be read.", "Check its rights.", refused);
        }
    }

    private static Int128 Fingerprint(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BitConverter.ToInt128(hash);
    }
}
