using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Tune;

/// <summary>What is searched, by the grid and by the tuner alike.</summary>
internal sealed record TunePlan
{
    /// <summary>μ of the descent.</summary>
    public const double Momentum = 0.9;

    /// <summary>The grid's step sizes.</summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [0.03, 0.1, 0.3, 1, 3, 10];

    /// <summary>The temperatures of both.</summary>
    public IReadOnlyList<double> Temperatures { get; init; } = [0.25, 0.5, 1, 2];

    /// <summary>The widths of both.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [32, 128, 512];

    /// <summary>The steps that the tuner tries, in multiples of 2/λ_max.</summary>
    public IReadOnlyList<double> Multiples { get; init; } = [0.02, 0.05, 0.12, 0.3, 0.75, 1.5];

    /// <summary>Passes through the data of a whole run.</summary>
    public required int Epochs { get; init; }

    /// <summary>Examples in a step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Rows on which the curvature is measured.</summary>
    public int ProbeRows { get; init; } = 100;

    /// <summary>The tuner stops before its compute exceeds this share of the grid's.</summary>
    public double Budget { get; init; } = 0.35;

    /// <summary>λ of the weight decay, of the grid's runs and the tuner's.</summary>
    public double WeightDecay { get; init; } = 1e-3;

    /// <summary>Every setting of the grid, in its order.</summary>
    public IReadOnlyList<TuneSetting> Grid =>
    [
        .. from hidden in Widths
           from temperature in Temperatures
           from rate in LearningRates
           select new TuneSetting(rate, temperature, hidden),
    ];

    /// <summary>The network of a setting: NTK scaling, everything trained, with biases.</summary>
    public static NetworkOptions Network(LabData data, TuneSetting setting) => new()
    {
        Inputs = data.Features,
        Hidden = setting.Hidden,
        Outputs = data.Classes,
        Parametrisation = Parametrisation.Ntk,
        Temperature = setting.Temperature,
        SymmetricStart = true,
    };

    /// <summary>The training of a setting.</summary>
    public TrainingOptions Training(TuneSetting setting, int seed) => new()
    {
        Optimiser = new OptimiserOptions { Kind = OptimiserKind.Momentum, LearningRate = setting.LearningRate, Momentum = Momentum, WeightDecay = WeightDecay },
        BatchSize = BatchSize,
        Epochs = Epochs,
        Seed = seed,
    };
}
