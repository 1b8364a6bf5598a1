using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Networks;

/// <summary>Cuts a training set into batches, in an order that depends on the seed and the epoch alone.</summary>
/// <remarks>Because of that a resumed run needs no generator restored: the step says it all.</remarks>
internal sealed class MiniBatches<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TrainingSet<T> _set;
    private readonly int _size;
    private readonly bool _isWhole;
    private readonly EpochOrder _order;
    private readonly int[] _labels;
    private readonly MatrixView<T> _inputs;
    private readonly MatrixView<T> _targets;
    private int _rows;

    public MiniBatches(TrainingSet<T> set, int? size, int seed)
    {
        _set = set;
        _isWhole = size is null;
        _size = Math.Min(size ?? set.Rows, set.Rows);
        StepsPerEpoch = (set.Rows + _size - 1) / _size;
        _order = new EpochOrder(_isWhole ? 0 : set.Rows, seed);
        _labels = new int[_isWhole || !set.HasLabels ? 0 : _size];
        _inputs = MatrixView.Allocate<T>(_isWhole ? 0 : _size, set.Inputs.Columns);
        _targets = MatrixView.Allocate<T>(_isWhole || set.HasLabels ? 0 : _size, set.Targets.Columns);
    }

    public int StepsPerEpoch { get; }

    public int Size => _size;

    public ReadOnlyMatrixView<T> Inputs => _isWhole ? _set.Inputs : _inputs.RowRange(0, _rows);

    public ReadOnlyMemory<int> Labels => _isWhole ? _set.Labels : _labels.AsMemory(0, _rows);

    public ReadOnlyMatrixView<T> Targets => _isWhole ? _set.Targets : _targets.RowRange(0, _rows);

    /// <summary>Makes the batch of a step (from 0) the current one.</summary>
    public void Load(long step)
    {
        if (_isWhole)
            return;

        ReadOnlySpan<int> order = _order.Of((int)(step / StepsPerEpoch));
        int start = (int)(step % StepsPerEpoch) * _size;
        _rows = Math.Min(_size, _set.Rows - start);
        for (int i = 0; i < _rows; i++)
        {
            int row = order[start + i];
            _set.Inputs.Row(row).CopyTo(_inputs.Row(i));
            if (_set.HasLabels)
                _labels[i] = _set.Labels.Span[row];
            else
                _set.Targets.Row(row).CopyTo(_targets.Row(i));
        }
    }
}
