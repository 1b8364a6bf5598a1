namespace Kelvin.Bench.Ratios;

/// <summary>A performance promise: how many times the peer's speed ours is to reach.</summary>
/// <param name="Name">Starts with its subject, such as <c>softmax.</c> or <c>gemm.</c></param>
/// <param name="Unit">What a rate counts, with its scale: Gelement/s, GFLOP/s, GB/s.</param>
/// <param name="Goal">The ratio ours / peer at which the promise holds.</param>
/// <param name="Ours">Makes our contestant.</param>
/// <param name="Peer">Makes the contestant to compare with.</param>
internal sealed record Promise(string Name, string Unit, double Goal, Func<IContestant> Ours, Func<IContestant> Peer)
{
    /// <summary>Divides our rate, where the promise is about scaling: the same work on one thread.</summary>
    public Func<IContestant>? OursBase { get; init; }

    /// <summary>Divides the peer's rate, where the promise is about scaling.</summary>
    public Func<IContestant>? PeerBase { get; init; }

    /// <summary>What the peer is, for the reader of the table.</summary>
    public required string Against { get; init; }

    /// <summary>Whether all sides run in one process, each on the same data in the same place: where they differ by less than processes do.</summary>
    public bool SharesProcess { get; init; }

    /// <summary>Rounds at least, where the sides differ by less than one round from the next.</summary>
    public int LeastRounds { get; init; }

    /// <summary>Whether our side promises to allocate nothing per run.</summary>
    public bool AllocatesNothing { get; init; } = true;

    public Func<IContestant>? Side(string side) => side switch
    {
        "ours" => Ours,
        "peer" => Peer,
        "ours-base" => OursBase,
        "peer-base" => PeerBase,
        _ => throw new ArgumentException($"'{side}' is no side of a promise.", nameof(side)),
    };
}
