using System.Numerics;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>Backward attention cut into key heads, and each of these into shares of its tiles of queries.</summary>
internal readonly struct BackwardJob<TSimd, TVector, TLanes, T>(
    BackwardProblem<T> problem, PackedKeys<T> keys, PackedKeys<T> values, KeyGradients<T> sums, int firstHead, int queryHeads) : IRangeBody
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        AttentionRoom<T> room = AttentionRoom<T>.ForThisThread;
        room.Sight.Forget();
        int group = problem.Plan.Group;
        for (int piece = start; piece < end; piece++)
        {
            (int slot, int share) = (piece / sums.Shares, piece % sums.Shares);
            Span<T> keySums = sums.Keys(slot, share);
            Span<T> valueSums = sums.Values(slot, share);
            Span<double> sinks = sums.Sinks(share, queryHeads).Slice(slot * group, group);
            keySums.Clear();
            valueSums.Clear();
            sinks.Clear();
            for (int member = 0; member < group; member++)
            {
                int head = ((firstHead + slot) * group) + member;
                for (int index = share; index < TileSize.Count(problem.Plan.Queries, TileSize.Queries); index += sums.Shares)
                {
                    QueryTile queries = QueryTile.Of(head, slot, index, problem.Plan.Queries);
                    var tile = new BackwardTile<TSimd, TVector, TLanes, T>(problem, queries, room);
                    sinks[member] += tile.Run(keys, values, keySums, valueSums);
                }
            }
        }
    }
}
