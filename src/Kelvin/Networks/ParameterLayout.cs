using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Networks;

/// <summary>Where the parameters lie in one flat block: trained weights, then biases, then output weights that are fixed.</summary>
/// <remarks>An optimiser walks the first <see cref="Trained"/> entries, and weight decay the first <see cref="Decayed"/>.</remarks>
internal sealed class ParameterLayout
{
    private readonly NetworkOptions _options;
    private readonly int _hiddenLength;
    private readonly int _outputStart;

    public ParameterLayout(NetworkOptions options)
    {
        _options = options;
        long hidden = (long)options.Inputs * options.Hidden;
        long output = (long)options.Outputs * options.Hidden;
        long biases = options.UseBias ? (long)options.Hidden + options.Outputs : 0;
        Require.That(
            hidden + output + biases <= Array.MaxLength,
            "The network has more parameters than one array can hold; make Hidden smaller.",
            nameof(options));

        _hiddenLength = (int)hidden;
        Decayed = (int)(options.TrainOutputWeights ? hidden + output : hidden);
        Trained = Decayed + (int)biases;
        Total = (int)(hidden + output + biases);
        _outputStart = options.TrainOutputWeights ? _hiddenLength : Trained;
    }

    public int Decayed { get; }

    public int Trained { get; }

    public int Total { get; }

    public MatrixView<T> HiddenWeights<T>(Memory<T> block)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(block[.._hiddenLength], _options.Inputs, _options.Hidden);

    public MatrixView<T> OutputWeights<T>(Memory<T> block)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(block[_outputStart..], _options.Outputs, _options.Hidden);

    public Span<T> HiddenBias<T>(Span<T> block) => _options.UseBias ? block.Slice(Decayed, _options.Hidden) : default;

    public Span<T> OutputBias<T>(Span<T> block) =>
        _options.UseBias ? block.Slice(Decayed + _options.Hidden, _options.Outputs) : default;
}
