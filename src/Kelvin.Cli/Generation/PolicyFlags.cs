using System.CommandLine;
using System.Globalization;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Generation;

/// <summary>The flags that choose a temperature policy; at most one of them may be given.</summary>
internal sealed class PolicyFlags
{
    private readonly Option<double?> _temperature = Flags.Number("--temperature", "T", "Temperature of every token; 0 takes the most probable. [default: 1]", 0, 1000);
    private readonly Option<double?> _target = Flags.Number("--target-entropy", "H", "Entropy in nats to draw every token at; T follows.", 0, 100);
    private readonly Option<string?> _entropyBased = Flags.Text("--edt", "T0,THETA", "T = T0·0.8^(THETA/H): colder where the model is sure.");
    private readonly Option<string?> _range = Flags.Text("--dynatemp", "LOW,HIGH", "T between two ends by the normalised entropy.");

    public IEnumerable<Option> All => [_temperature, _target, _entropyBased, _range];

    public PolicyChoice Read(ParseResult arguments)
    {
        PolicyChoice[] given =
        [
            .. Given(arguments.GetValue(_temperature), PolicyChoice.Fixed),
            .. Given(arguments.GetValue(_target), PolicyChoice.Target),
            .. GivenPair(arguments, _entropyBased, (double.Epsilon, "T0 above 0"), pair => PolicyChoice.EntropyBased(pair.First, pair.Second)),
            .. GivenPair(arguments, _range, (0, "LOW of at least 0"), pair => pair.Second >= pair.First
                ? PolicyChoice.EntropyRange(pair.First, pair.Second)
                : throw new UsageException($"{_range.Name} has its ends the wrong way round.", "Write the lower temperature first: --dynatemp 0.5,1.5.")),
        ];
        return given.Length <= 1 ? given.FirstOrDefault() ?? PolicyChoice.Fixed(1) : throw new UsageException(
            $"{string.Join(" and ", All.Where(option => arguments.GetResult(option) is not null).Select(option => option.Name))} both choose the temperature.",
            "Give one of them.");
    }

    private static IEnumerable<PolicyChoice> Given(double? value, Func<double, PolicyChoice> choose) => value is { } x ? [choose(x)] : [];

    private static IEnumerable<PolicyChoice> GivenPair(
        ParseResult arguments, Option<string?> option, (double Low, string Rule) first, Func<(double First, double Second), PolicyChoice> choose)
    {
        if (arguments.GetValue(option) is not { } text)
            return [];
        string[] parts = text.Split(',');
        if (parts.Length == 2 && Number(parts[0]) is { } a && Number(parts[1]) is { } b && a >= first.Low && b >= 0)
            return [choose((a, b))];
        throw new UsageException($"{option.Name} is '{text}', but must be {option.HelpName}: two numbers, {first.Rule}.", $"Write {option.Name} 0.8,1.2.");
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && double.IsFinite(x) ? x : null;
}
