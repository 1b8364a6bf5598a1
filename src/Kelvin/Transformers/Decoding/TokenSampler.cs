using Kelvin.Softmax;
using MathNet.Numerics.Random;

namespace Kelvin.Transformers.Decoding;

/// <summary>Draws the next token of one sequence from a row of logits.</summary>
/// <remarks>
/// <para>Order: (1) statistics of the raw row; (2) repetition penalty; (3) top-k; (4) top-p of what is left, renormalised; (5) min-p;
/// (6) the policy chooses T; (7) softmax(z/T) of what is left; (8) one draw. With <see cref="TemperatureOrder.First"/>, (6) comes after (2)
/// and the cuts look at softmax(z/T). The most probable token is never cut.</para>
/// <para>Each row takes one random number, whatever T is: u in [0, 1), and the token is the first, by number, at which the sum of p exceeds u·Σp.
/// At T = 0 the token is the first of the largest logits; that of T → 0 would choose among ties.</para>
/// <para>Cost: a few passes over V; nothing on the heap after the first row. One sampler serves one sequence, one row at a time.</para>
/// </remarks>
public sealed class TokenSampler
{
    private readonly SamplingOptions _options;
    private readonly ITemperaturePolicy _policy;
    private readonly RepetitionPenalty _penalty;
    private readonly Xoshiro256StarStar _random;
    private readonly float[] _logits;
    private readonly float[] _probabilities;
    private readonly float[] _scratch;
    private int _position;

    /// <summary>Prepares the workspace: three rows of V.</summary>
    /// <param name="vocabulary">V ≥ 1.</param>
    /// <param name="policy">Chooses T for every row.</param>
    /// <param name="options">Which tokens may be drawn; the model's own distribution by default.</param>
    /// <exception cref="ArgumentException">V or an option is out of range.</exception>
    public TokenSampler(int vocabulary, ITemperaturePolicy policy, SamplingOptions? options = null)
    {
        Require.Positive(vocabulary);
        ArgumentNullException.ThrowIfNull(policy);
        _options = options ?? new SamplingOptions();
        _options.Check();
        _policy = policy;
        _penalty = new RepetitionPenalty(vocabulary, _options);
        _random = new Xoshiro256StarStar(_options.Seed, threadSafe: false);
        _logits = new float[vocabulary];
        _probabilities = new float[vocabulary];
        _scratch = new float[vocabulary];
    }

    /// <summary>The row drawn from last: z after penalty and cuts, −∞ where a token was no candidate.</summary>
    public ReadOnlySpan<float> Candidates => _logits;

    /// <summary>Draws one token.</summary>
    /// <param name="logits">z, shape [V]. NaN, +∞ or nothing but −∞ give token −1.</param>
    /// <param name="context">The sequence so far, prompt included; read by the repetition penalty alone.</param>
    /// <exception cref="ArgumentException">The row has another length than V, or a token of the context is out of range.</exception>
    /// <exception cref="InvalidOperationException">The policy gave a negative T or NaN.</exception>
    public SampledToken Sample(ReadOnlySpan<float> logits, ReadOnlySpan<int> context)
    {
        Require.Length(logits, _logits.Length);
        SoftmaxStatistics raw = TemperedSoftmax.Statistics(logits, 1);
        double u = _random.NextDouble();
        if (raw.ArgMax < 0)
            return SampledToken.None(raw);

        logits.CopyTo(_logits);
        _penalty.Apply(context, _logits);
        TemperatureChoice choice = default;
        if (_options.Order == TemperatureOrder.First)
            choice = ChooseTemperature();
        Cut(_options.Order == TemperatureOrder.First ? choice.Temperature : 1);
        if (_options.Order == TemperatureOrder.Last)
            choice = ChooseTemperature();
        _position++;
        SampledToken drawn = TokenDraw.Draw(_logits, choice.Temperature, u, _probabilities);
        return drawn with { Choice = choice, Raw = raw, RawLogProbability = TokenDraw.LogProbability(raw, logits[drawn.Token], 1) };
    }

    private TemperatureChoice ChooseTemperature()
    {
        SoftmaxStatistics statistics = TemperedSoftmax.Statistics(_logits, 1);
        TemperatureChoice choice = _policy.Choose(new CandidateRow(_logits, statistics, _position));
        return choice.Temperature >= 0
            ? choice
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"The policy chose the temperature {choice.Temperature}, but it must be 0, positive or +∞; correct its formula."));
    }

    private void Cut(double temperature)
    {
        if (_options.TopK is int k)
            CandidateCut.TopK(_logits, k, _scratch);

        float t = (float)temperature;   // where it is 0 or ∞ as a float, there is no softmax(z/T) to look at but its limit
        if (t == 0 || float.IsInfinity(t))
            return;
        if (_options.TopP is double share)
            CandidateCut.TopP(_logits, share, t, _probabilities, _scratch);
        if (_options.MinP is double ratio)
            CandidateCut.MinP(_logits, ratio, temperature, System.Numerics.Tensors.TensorPrimitives.Max<float>(_logits));
    }
}
