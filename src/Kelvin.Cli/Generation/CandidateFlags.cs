using System.CommandLine;
using Kelvin.Cli.Frame;
using Kelvin.Transformers.Decoding;

namespace Kelvin.Cli.Generation;

/// <summary>The flags that say which tokens may be drawn.</summary>
internal sealed class CandidateFlags
{
    private readonly Option<int?> _topK = Flags.WholeNumber("--top-k", "Keep the N most probable tokens.", 1);
    private readonly Option<double?> _topP = Flags.Number("--top-p", "P", "Keep the fewest tokens whose probabilities sum to P.", 1e-9, 1);
    private readonly Option<double?> _minP = Flags.Number("--min-p", "P", "Keep tokens at least P times as probable as the first.", 0, 1);
    private readonly Option<double?> _penalty = Flags.Number("--repetition-penalty", "X", "Make tokens of the last 64 less likely. [default: 1, not at all]", 1, 100);

    public IEnumerable<Option> All => [_topK, _topP, _minP, _penalty];

    public SamplingOptions Read(ParseResult arguments, int seed) => new()
    {
        TopK = arguments.GetValue(_topK),
        TopP = arguments.GetValue(_topP),
        MinP = arguments.GetValue(_minP),
        RepetitionPenalty = arguments.GetValue(_penalty) ?? 1,
        Seed = seed,
    };
}
