using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Kelvin.Linear;

namespace Kelvin.Networks;

/// <summary>Tells one training set from another: a resumed run is only exact on the same data.</summary>
internal static class DataFingerprint
{
    public static string Of<T>(TrainingSet<T> train, TrainingSet<T>? validation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, train);
        if (validation is not null)
            Append(hash, validation);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append<T>(IncrementalHash hash, TrainingSet<T> set)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Append(hash, set.Inputs);
        Append(hash, set.Targets);
        hash.AppendData(MemoryMarshal.AsBytes(set.Labels.Span));
    }

    private static void Append<T>(IncrementalHash hash, ReadOnlyMatrixView<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        hash.AppendData(MemoryMarshal.AsBytes<int>([matrix.Rows, matrix.Columns]));
        for (int i = 0; i < matrix.Rows; i++)
            hash.AppendData(MemoryMarshal.AsBytes(matrix.Row(i)));
    }
}
