using System.Globalization;
using Kelvin.Linear;

namespace Kelvin.Datasets;

/// <summary>Reads images and labels in the IDX format of MNIST and Fashion-MNIST, packed with gzip or not.</summary>
public static class IdxDatasets
{
    /// <summary>Reads a file of images and the file of their labels.</summary>
    /// <param name="imagesPath">Images: magic number 0x00000803, count, height, width, then a byte a pixel.</param>
    /// <param name="labelsPath">Labels: magic number 0x00000801, count, then a byte a label.</param>
    /// <param name="limit">How many images to read at most, from the first.</param>
    /// <returns>Features are the pixels from 0 to 255 row by row, named p00_00 (row, column); there are (largest label + 1) classes.</returns>
    /// <remarks>Cost: 8 bytes a pixel; 60 000 images of 28 × 28 take 376 MB.</remarks>
    /// <exception cref="DatasetException">A file is missing, cut off or of another format, or the two do not belong together.</exception>
    public static Dataset Read(string imagesPath, string labelsPath, int limit = int.MaxValue)
    {
        Require.Positive(limit);
        (int[] sizes, byte[] pixels) = IdxFile.Read(imagesPath, dimensions: 3, limit);
        (int[] count, byte[] labelBytes) = IdxFile.Read(labelsPath, dimensions: 1, limit);
        if (count[0] != sizes[0])
        {
            throw new DatasetException(
                labelsPath, null, null, string.Create(CultureInfo.InvariantCulture, $"There are {count[0]} labels for {sizes[0]} images."), "Name two files that belong together.");
        }

        int[] labels = [.. labelBytes.Select(label => (int)label)];
        int classes = labels.Max() + 1;
        if (labels.Distinct().Count() < 2)
            throw new DatasetException(labelsPath, null, null, "All labels are the same.", "A classifier needs at least two classes: read more examples.");

        int features = sizes[1] * sizes[2];
        if ((long)sizes[0] * features > Array.MaxLength)
            throw new DatasetException(imagesPath, null, null, "The images do not fit in one matrix.", "Read fewer of them.");
        MatrixView<double> matrix = MatrixView.Allocate<double>(sizes[0], features);
        Span<double> values = matrix.Span;
        for (int i = 0; i < pixels.Length; i++)
            values[i] = pixels[i];

        return new Dataset(Path.GetFileName(imagesPath), matrix, labels, [.. PixelNames(sizes[1], sizes[2])], [.. Enumerable.Range(0, classes).Select(Number)]);
    }

    private static IEnumerable<string> PixelNames(int height, int width) =>
        from row in Enumerable.Range(0, height)
        from column in Enumerable.Range(0, width)
        select string.Create(CultureInfo.InvariantCulture, $"p{row:00}_{column:00}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
