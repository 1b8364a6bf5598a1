using System.Numerics;
using System.Runtime.CompilerServices;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>What a kernel costs in memory, and the refusal of one that does not fit.</summary>
internal static class KernelMemory
{
    /// <summary>H and both sides' features, and for each thread a block of the forward pass and some rows of inner products, which the array pool may round up to twice their size.</summary>
    public static long Needed<T>(NetworkOptions options, int rows, int columns, bool isSquare, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double outputs = options.Outputs;
        double entries = rows * outputs * columns * outputs;
        double points = isSquare ? rows : (double)rows + columns;
        double features = points * options.Hidden * (outputs + (options.TrainOutputWeights ? 1 : 0));
        double forward = (2.0 * threads * KernelFeatures.BlockRows(options.Hidden) * options.Hidden) + ((double)options.Outputs * options.Hidden);
        double bands = 2.0 * threads * (options.TrainOutputWeights ? 2 : 1)
            * (isSquare ? KernelBands.Room(rows, trainsOutput: false) : Math.Min(KernelBands.Rows(rows), rows) * (double)columns);
        double bytes = Unsafe.SizeOf<T>() * (entries + features + forward + bands);
        return bytes < long.MaxValue ? (long)bytes : long.MaxValue;
    }

    public static void Check<T>(NetworkOptions options, int rows, int columns, bool isSquare, TangentKernelOptions how)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long needed = Needed<T>(options, rows, columns, isSquare, how.Threads);
        long allowed = how.MemoryLimit ?? (long)(0.8 * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        double side = (double)options.Outputs * Math.Max(rows, options.Hidden);
        bool fitsArrays = (double)rows * columns * options.Outputs * options.Outputs <= Array.MaxLength && rows * side <= Array.MaxLength && columns * side <= Array.MaxLength;
        Require.That(
            needed <= allowed && fitsArrays,
            FormattableString.Invariant($"The kernel of {rows} × {columns} examples with {options.Outputs} outputs and {options.Hidden} units needs {Gigabytes(needed)} GB, ")
                + (needed > allowed ? $"but {Gigabytes(allowed)} GB are allowed" : "more than one array can hold")
                + "; use TangentOperator, which multiplies by the kernel without forming it, or fewer examples.",
            nameof(rows));
    }

    private static string Gigabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e9:0.###}");
}
