using System.Runtime.CompilerServices;
using Xunit;

namespace Kelvin.Testing;

/// <summary>Compares text with a file kept beside the test. KELVIN_ACCEPT=1 writes the file anew.</summary>
public static class Golden
{
    public static void Matches(
        string actual, string name, [CallerFilePath] string testFile = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(testFile)!, "Golden", name + ".txt");
        actual = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("KELVIN_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"There is no golden file {path}. Run once with KELVIN_ACCEPT=1 and read the diff.");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
