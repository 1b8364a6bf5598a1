namespace Kelvin.Reports.Pictures;

/// <summary>A <see cref="PictureGrid"/> laid out as one image: each picture with a clear column to its right and a clear row below.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Low">The value of black.</param>
/// <param name="High">The value of white.</param>
/// <param name="Pixels">Indices of <see cref="PngImage"/>, row by row.</param>
internal sealed record PictureSheet(int Width, int Height, double Low, double High, byte[] Pixels)
{
    /// <summary>Lays the pictures out.</summary>
    /// <exception cref="ArgumentException">They do not fit the rows and columns, or are not of one size.</exception>
    public static PictureSheet Of(PictureGrid grid)
    {
        Require.AtLeast(grid.Rows.Count, 1, "Rows");
        Require.AtLeast(grid.Columns.Count, 1, "Columns");
        Require.SameCount($"The grid '{grid.Title}'", "rows of pictures", grid.Pictures.Count, grid.Rows.Count);
        Picture[] all = [.. grid.Pictures.SelectMany(row => row)];
        (int width, int height) = SizeOf(grid, all);
        double[] finite = [.. all.SelectMany(picture => picture.Values).Where(double.IsFinite)];
        double low = grid.Value.Min ?? finite.DefaultIfEmpty(0).Min();
        double high = grid.Value.Max ?? finite.DefaultIfEmpty(1).Max();
        int across = grid.Columns.Count * (width + 1);
        int down = grid.Rows.Count * (height + 1);
        var sheet = new PictureSheet(across, down, low, high, new byte[across * down]);
        for (int r = 0; r < grid.Pictures.Count; r++)
        {
            for (int c = 0; c < grid.Pictures[r].Count; c++)
                sheet.Place(grid.Pictures[r][c], c * (width + 1), r * (height + 1));
        }

        return sheet;
    }

    private static (int Width, int Height) SizeOf(PictureGrid grid, Picture[] all)
    {
        Require.AtLeast(all.Length, 1, "Pictures");
        int width = all[0].Width;
        Require.AtLeast(width, 1, "Width");
        int height = (all[0].Values.Count + width - 1) / width;
        Require.AtLeast(height, 1, "Height");
        foreach (Picture picture in all)
        {
            Require.SameCount($"A picture of '{grid.Title}'", "pixels across", picture.Width, width);
            Require.SameCount($"A picture of '{grid.Title}'", "values", picture.Values.Count, width * height);
        }

        foreach (IReadOnlyList<Picture> row in grid.Pictures)
        {
            if (row.Count > grid.Columns.Count)
                Require.SameCount($"A row of '{grid.Title}'", "pictures", row.Count, grid.Columns.Count);
        }

        return (width, height);
    }

    private void Place(Picture picture, int left, int top)
    {
        for (int i = 0; i < picture.Values.Count; i++)
            Pixels[((top + (i / picture.Width)) * Width) + left + (i % picture.Width)] = Shade(picture.Values[i]);
    }

    private byte Shade(double value) => double.IsFinite(value) && High > Low
        ? (byte)(1 + Math.Round((PngImage.White - 1) * Math.Clamp((value - Low) / (High - Low), 0, 1)))
        : double.IsFinite(value) ? (byte)1 : PngImage.Clear;
}
