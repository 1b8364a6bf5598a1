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
        Span<T> sums = MemoryMarshal.CreateSpan(ref _room.Output.Take(TileSize.Queries * stride), TileSize.Queries * stride);
        sums.Clear();
        (int first, int end) = _tile.KeyTiles;
        for (int index = first; index < end; index++)
        {
            KeyTile tile = KeyTile.Of(index, plan.Keys);
            ScoreRange range = _tile.Range(tile, 0, _queries.Count);
            if (range.IsEmpty)
                continue;
            Softmax(tile, range, ref keys.Panels(_queries.Slot, index), ref values.Panels(_queries.Slot, index));
            ref T valueSum = ref valueSums[index * TileSize.Keys * valueStride];
            ref T keySum = ref keySums[index * TileSize.Keys * stride];
            AddQueries(ref _tile.Scores, range, tile, ref _room.GradientSide.Take(0), plan.ValueDepth, ref valueSum);
            AddQueries(ref _gradientScores, range, tile, ref _room.QuerySide.Take(0), plan.Depth, ref keySum);
            ScoreProducts<TSimd, TVector, T>.AddKeys(
                ref _gradientScores, range, tile, _room, _queries.Count, ref keys.Strips(_queries.Slot, index), plan.Depth, ref sums[0]);
        }

        for (int i = 0; i < _queries.Count; i++)
        {
            Span<T> row = _problem.Gradients.Queries.Row(_queries.First + i).Slice(_queries.Head * plan.Depth, plan.Depth);
            TensorPrimitives.Multiply(sums.Slice(i * stride, plan.Depth), _tile.Map.Gradient, row);
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
        Strips<TSimd, TVector, T>.Pack(queries, _queries.First, _queries.Count, _queries.Head * d, d, TileSize.Queries, ref rows);
        Strips<TSimd, TVector, T>.Pack(gradient, _queries.First, _queries.Count, _queries.Head * dv, dv, TileSize.Queries, ref gradients);
        Strips<TSimd, TVector, T>.Pack(transposed, _queries.Head * dv, dv, _queries.First, _queries.Count, dv, ref columns);
        Span<T> scaled = MemoryMarshal.CreateSpan(ref rows, TileSize.Queries * Strips<TSimd, TVector, T>.Padded(d));
        TensorPrimitives.Multiply(scaled, _tile.Map.Gradient, scaled);
    }

    /// <summary>lse and D of each query; +∞ and 0 where there is nothing, so that P = 0.</summary>
    private void Rows()
    {
        ref readonly AttentionPlan<T> plan = ref _problem.Plan;
        ReadOnlySpan<double> lse = _problem.LogSumExp.Span.Slice((_queries.Head * plan.Queries) + _queries.First, _queries.Count);
        (int from, int length) = (_queries.Head * plan.ValueDepth, plan.ValueDepth);
        _room.LogSumExp.AsSpan().Fill(T.PositiveInfinity);
        _room.Inner.AsSpan().Clear();
        for (int i = 0; i < _queries.Count; i++)
        {
            if (double.IsNegativeInfinity(lse[i]))
                continue;
            _room.LogSumExp[i] = T.CreateTruncating(lse[i]);
            ReadOnlySpan<T> gradient = _problem.OutputGradient.Row(_queries.First + i).Slice(from, length);
            _room.Inner[i] = TensorPrimitives.Dot(gradient, _problem.Output.Row(_queries.First + i).Slice(from, length));
        }
    }

    private void Softmax(KeyTile tile, ScoreRange all, ref T keyPanels, ref T valuePanels)
    {
        int group = Strips<TSimd, TVector, T>.GroupWidth;
        for (int start = 0; start < _queries.Count; start += group)
        {
            int count = Math.Min(group, _queries.Count - start);
            ScoreRange range = all.IsWhole ? all : _tile.Range(tile, start, count);
            if (!range.IsEmpty)
            {
                _tile.Compute(tile, ref keyPanels, range, start, count, ref _slopes);
                ScoreProducts<TSimd, TVector, T>.Group(
                    ref valuePanels, _problem.Plan.ValueDepth, range, ref _room.GradientStrips.Take(0), start, count, ref _gradientScores);
                GradientColumns<TLanes, T>.Run(ref _tile.Scores, ref _gradientScores, ref _slopes, range, start, count, _room);
            }

            if (all.IsWhole)
                continue;
            ScoreTile<TSimd, TVector, TLanes, T>.ClearOutside(ref _tile.Scores, range, all, start, count);
            ScoreTile<TSimd, TVector, TLanes, T>.ClearOutside(ref _gradientScores, range, all, start, count);
        }
    }

    /// <summary>dV ← dV + P dO, or dK ← dK + dS Q, for scores [keys, queries]: six keys at a time, over the queries that see them.</summary>
    private void AddQueries(ref T scores, ScoreRange range, KeyTile tile, ref T strips, int columns, ref T sums)
    {
        int stride = Strips<TSimd, TVector, T>.Padded(columns);
        for (int strip = 0; strip < columns; strip += Strips<TSimd, TVector, T>.Width)
        {
            ref T b = ref Unsafe.Add(ref strips, strip * TileSize.Queries);
            int width = Strips<TSimd, TVector, T>.WidthOf(columns - strip);
            for (int key = range.Start; key < range.To; key += Strips<TSimd, TVector, T>.PanelRows)
            {
                (int from, int to) = range.IsWhole ? (0, _queries.Count) : Seeing(tile.First + key, tile.First + key + Strips<TSimd, TVector, T>.PanelRows);
                if (from >= to)
                    continue;
                Strips<TSimd, TVector, T>.Multiply<OneBelowAnother>(
                    ref Unsafe.Add(ref scores, (key * TileSize.Queries) + from),
                    1,
                    ref Unsafe.Add(ref b, from * width),
                    width,
                    to - from,
                    ref Unsafe.Add(ref sums, (key * stride) + strip),
                    stride,
                    adds: true);
            }
        }
    }

    /// <summary>The first query that sees any of the keys from low up to high, and the one after the last.</summary>
    private (int From, int To) Seeing(int low, int high)
    {
        int from = 0;
        int to = _queries.Count;
        while (from < to && !Sees(from, low, high))
            from++;
        while (to > from && !Sees(to - 1, low, high))
            to--;
        return (from, to);
    }

    private bool Sees(int query, int low, int high) => _room.Low[query] < high && _room.High[query] > low;

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
