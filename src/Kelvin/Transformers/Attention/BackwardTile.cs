using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>The gradients that one tile of queries gives: dQ of its own, and what it adds to dK and dV of every tile of keys.</summary>
/// <remarks>
/// <para>P = exp(S − lse) is computed again; D = ⟨dO, O⟩ row by row; dP = dO Vᵀ; dS = P ∘ (dP − D); dV += Pᵀ dO; dQ = scale/T·dS K; dK += scale/T·dSᵀ Q.
/// Five products where the forward pass has two.</para>
/// <para>Source: Dao, FlashAttention-2, arXiv 2307.08691, algorithm 2, with the loops exchanged.</para>
/// </remarks>
internal readonly ref struct BackwardTile<TSimd, TVector, TLanes, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ref readonly BackwardProblem<T> _problem;
    private readonly QueryTile _queries;
    private readonly AttentionRoom<T> _room;
    private readonly ScoreTile<TSimd, TVector, TLanes, T> _tile;
    private readonly ref T _gradientScores;
    private readonly ref T _slopes;

    public BackwardTile(in BackwardProblem<T> problem, QueryTile queries, AttentionRoom<T> room)
    {
        _problem = ref problem;
        (_queries, _room) = (queries, room);
        _tile = new ScoreTile<TSimd, TVector, TLanes, T>(problem.Plan, queries, room);
        _gradientScores = ref room.GradientScores.Take(TileSize.Queries * TileSize.Keys);
        _slopes = ref problem.Plan.SoftCap is null ? ref Unsafe.NullRef<T>() : ref room.Slopes.Take(TileSize.Queries * TileSize.Keys);
        Pack();
        Rows();
    }

    /// <summary>Writes dQ, adds to the sums of dK and dV, and returns what the sink's gradient gains.</summary>
    public double Run(PackedKeys<T> keys, PackedKeys<T> values, Span<T> keySums, Span<T> valueSums)
    {
        ref readonly AttentionPlan<T> plan = ref _problem.Plan;
        int stride = Strips<TSimd, TVector, T>.Padded(plan.Depth);
        int valueStride = Strips<TSimd, TVector, T>.Padded(plan.ValueDepth);
        int keyHead = _queries.Head / plan.Group;
        Span<T> sums = _room.ClearOutput(_queries.Count, stride);
        (int first, int end) = _room.Sight.KeyTiles;
        for (int index = first; index < end; index++)
        {
            KeyTile tile = KeyTile.Of(index, plan.Keys);
            _room.Sight.LookAt(tile);
            ScoreRange range = _room.Sight.All;
            if (range.IsEmpty)
                continue;
            var keyRows = KeyRows<T>.Of(plan, plan.Inputs.Keys, tile, keyHead * plan.Depth, plan.Depth, ref keys.Panels(_queries.Slot, index));
            var valueRows = KeyRows<T>.Of(plan, plan.Inputs.Values, tile, keyHead * plan.ValueDepth, plan.ValueDepth, ref values.Panels(_queries.Slot, index));
            Softmax(tile, range, keyRows, valueRows);
            ref T valueSum = ref valueSums[index * TileSize.Keys * valueStride];
            ref T keySum = ref keySums[index * TileSize.Keys * stride];
            AddQueries(ref _tile.Scores, range, ref _room.GradientSide.Take(0), plan.ValueDepth, ref valueSum);
            AddQueries(ref _gradientScores, range, ref _room.QuerySide.Take(0), plan.Depth, ref keySum);
            ScoreProducts<TSimd, TVector, T>.AddKeys(
                ref _gradientScores, _room.Sight, _queries.Count, ref keys.Strips(_queries.Slot, index), plan.Depth, ref sums[0]);
        }

        for (int i = 0; i < _queries.Count; i++)
        {
            Span<T> row = _problem.Gradients.Queries.Row(_queries.First + i).Slice(_queries.Head * plan.Depth, plan.Depth);
            ScaledRow.Put(sums.Slice(i * stride, plan.Depth), _tile.Map.Gradient, row);
        }

        return SinkGradient();
    }

    private void Pack()
    {
        ref readonly AttentionPlan<T> plan = ref _problem.Plan;
        (int d, int dv) = (plan.Depth, plan.ValueDepth);
        StridedMatrix<T> queries = new(plan.Inputs.Queries, Transpose.No);
        StridedMatrix<T> gradient = new(_problem.OutputGradient, Transpose.No);
        StridedMatrix<T> transposed = new(_problem.OutputGradient, Transpose.Yes);
        ref T rows = ref _room.QuerySide.Take(TileSize.Queries * Strips<TSimd, TVector, T>.Padded(d));
        ref T gradients = ref _room.GradientSide.Take(TileSize.Queries * Strips<TSimd, TVector, T>.Padded(dv));
        ref T columns = ref _room.GradientStrips.Take(TileSize.Queries * dv);
        Strips<TSimd, TVector, T>.Pack(queries, _queries.First, _queries.Count, _queries.Head * d, d, _queries.Count, ref rows);
        Strips<TSimd, TVector, T>.Pack(gradient, _queries.First, _queries.Count, _queries.Head * dv, dv, _queries.Count, ref gradients);
        Strips<TSimd, TVector, T>.Pack(transposed, _queries.Head * dv, dv, _queries.First, _queries.Count, dv, ref columns);
        Span<T> scaled = MemoryMarshal.CreateSpan(ref rows, _queries.Count * Strips<TSimd, TVector, T>.Padded(d));
        TensorPrimitives.Multiply(scaled, _tile.Map.Gradient, scaled);
    }

    /// <summary>lse and D of each query; +∞ and 0 where there is nothing, so that P = 0.</summary>
    private void Rows()
    {
        ref readonly AttentionPlan<T> plan = ref _problem.Plan;
        ReadOnlySpan<double> lse = _problem.LogSumExp.Span.Slice((_queries.Head * plan.Queries) + _queries.First, _queries.Count);
        (int from, int length) = (_queries.Head * plan.ValueDepth, plan.ValueDepth);
        int grouped = Strips<TSimd, TVector, T>.Grouped(_queries.Count);
        _room.LogSumExp.AsSpan(0, grouped).Fill(T.PositiveInfinity);
        _room.Inner.AsSpan(0, grouped).Clear();
        for (int i = 0; i < _queries.Count; i++)
        {
            if (double.IsNegativeInfinity(lse[i]))
                continue;
            _room.LogSumExp[i] = T.CreateTruncating(lse[i]);
            ReadOnlySpan<T> gradient = _problem.OutputGradient.Row(_queries.First + i).Slice(from, length);
            _room.Inner[i] = TensorPrimitives.Dot(gradient, _problem.Output.Row(_queries.First + i).Slice(from, length));
        }
    }

    private void Softmax(KeyTile tile, ScoreRange all, in KeyRows<T> keys, in KeyRows<T> values)
    {
        int group = Strips<TSimd, TVector, T>.GroupWidth;
        for (int start = 0; start < _queries.Count; start += group)
        {
            int count = Math.Min(group, _queries.Count - start);
            ScoreRange range = _room.Sight.Group(start);
            if (!range.IsEmpty)
            {
                _tile.Compute(tile, keys, range, start, count, ref _slopes);
                ScoreProducts<TSimd, TVector, T>.Group(
                    values, _problem.Plan.ValueDepth, range, ref _room.GradientStrips.Take(0), start, count, ref _gradientScores);
                GradientColumns<TLanes, T>.Run(ref _tile.Scores, ref _gradientScores, ref _slopes, range, start, count, _room);
            }

            if (all.IsWhole)
                continue;
            ScoreTile<TSimd, TVector, TLanes, T>.ClearOutside(ref _tile.Scores, range, all, start, count);
            ScoreTile<TSimd, TVector, TLanes, T>.ClearOutside(ref _gradientScores, range, all, start, count);
        }
    }

    /// <summary>dV ← dV + P dO, or dK ← dK + dS Q, for scores [keys, queries]: six keys at a time, over the queries that see them.</summary>
    private void AddQueries(ref T scores, ScoreRange range, ref T strips, int columns, ref T sums)
    {
        int stride = Strips<TSimd, TVector, T>.Padded(columns);
        for (int strip = 0; strip < columns; strip += Strips<TSimd, TVector, T>.Width)
        {
            ref T b = ref Unsafe.Add(ref strips, strip * _queries.Count);
            int width = Strips<TSimd, TVector, T>.WidthOf(columns - strip);
            for (int key = range.Start; key < range.To; key += Strips<TSimd, TVector, T>.PanelRows)
            {
                (int from, int to) = _room.Sight.Seeing(key);
                if (from >= to)
                    continue;
                Strips<TSimd, TVector, T>.Multiply<ScoresByQuery>(
                    ref Unsafe.Add(ref scores, (key * TileSize.Queries) + from),
                    0,
                    ref Unsafe.Add(ref b, from * width),
                    width,
                    to - from,
                    ref Unsafe.Add(ref sums, (key * stride) + strip),
                    stride,
                    adds: true);
            }
        }
    }

    private double SinkGradient()
    {
        double sum = 0;
        if (_problem.Plan.Sink(_queries.Head) is not { } sink)
            return 0;
        double temperature = _tile.Map.Temperature;
        ReadOnlySpan<double> lse = _problem.LogSumExp.Span.Slice((_queries.Head * _problem.Plan.Queries) + _queries.First, _queries.Count);
        for (int i = 0; i < _queries.Count; i++)
            sum -= Math.Exp((sink / temperature) - lse[i]) * double.CreateTruncating(_room.Inner[i]);
        return sum / temperature;
    }
}
