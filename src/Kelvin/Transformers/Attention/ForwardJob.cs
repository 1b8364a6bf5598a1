using System.Numerics;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>Forward attention cut into tiles of queries, which threads take one by one; a head's last tile, often the longest, first.</summary>
internal readonly struct ForwardJob<TSimd, TVector, TLanes, T>(
    AttentionPlan<T> plan, PackedKeys<T> packed, int firstKeyHead, MatrixView<T> output, Memory<double> logSumExp, Memory<AttentionStatistics> vitals) : IRangeBody
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        AttentionRoom<T>.ForThisThread.Sight.Forget();
        int tiles = TileSize.Count(plan.Queries, TileSize.Queries);
        for (int piece = start; piece < end; piece++)
        {
            int head = piece / tiles;
            QueryTile queries = QueryTile.Of((firstKeyHead * plan.Group) + head, head / plan.Group, tiles - 1 - (piece % tiles), plan.Queries);
            if (vitals.IsEmpty)
                ForwardTile<TSimd, TVector, TLanes, T>.Run<RowModes.Plain>(plan, packed, queries, output, logSumExp, vitals);
            else
                ForwardTile<TSimd, TVector, TLanes, T>.Run<RowModes.Full>(plan, packed, queries, output, logSumExp, vitals);
        }
    }
}
