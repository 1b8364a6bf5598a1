using Kelvin.Datasets;

namespace Kelvin.Cli.Lab;

/// <summary>Fashion-MNIST where Debian's package <c>dataset-fashion-mnist</c> is installed: a subset, so that whole grids of runs stay affordable.</summary>
/// <remarks>
/// <para>1 000 of the first 10 000 training images, dealt by a seed in the shares that they have there (94 to 103 of each class); 28 × 28 pixels
/// from 0 to 255. Cost: 63 MB while it reads.</para>
/// <para>Source: Xiao, Rasul and Vollgraf, arXiv 1708.07747; MIT licence.</para>
/// </remarks>
internal static class FashionMnist
{
    /// <summary>What <c>--data</c> calls it.</summary>
    public const string Name = "fashion-mnist";

    /// <summary>Where Debian's package puts it.</summary>
    public const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    /// <summary>Says how to get it.</summary>
    public const string Remedy = "On Debian: apt-get install dataset-fashion-mnist. Or name its IDX files with --data and --labels.";

    /// <summary>Images of a subset.</summary>
    public const int Rows = 1000;

    private const int Pool = 10_000;
    private const double Share = (double)Rows / Pool;

    /// <summary>Whether it is where Debian's package puts it.</summary>
    public static bool IsInstalled => File.Exists(Images(DebianFolder)) && File.Exists(Labels(DebianFolder));

    /// <summary>Deals a subset by a seed, or gives null where the files are not in the folder.</summary>
    /// <exception cref="DatasetException">A file is there but damaged.</exception>
    public static Dataset? TryRead(int seed, string folder = DebianFolder)
    {
        if (!File.Exists(Images(folder)) || !File.Exists(Labels(folder)))
            return null;

        Dataset pool = IdxDatasets.Read(Images(folder), Labels(folder), Pool);
        Dataset few = pool.Subset(StratifiedSplit.Make(pool.Labels.Span, Share, Share, 1 - (2 * Share), seed).Train);
        return new Dataset(Name, few.FeaturesAs<double>(), few.Labels.ToArray(), few.FeatureNames, few.ClassNames);
    }

    private static string Images(string folder) => Path.Combine(folder, "train-images-idx3-ubyte.gz");

    private static string Labels(string folder) => Path.Combine(folder, "train-labels-idx1-ubyte.gz");
}
