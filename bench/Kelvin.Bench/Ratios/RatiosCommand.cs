using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace Kelvin.Bench.Ratios;

/// <summary><c>ratios [--only PREFIX] [--rounds N] [--launches N] [--json]</c>: every promise against its peer, side by side in one run.</summary>
internal static class RatiosCommand
{
    private const int DefaultRounds = 21;
    private const int DefaultLaunches = 3;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static int Run(ReadOnlySpan<string> arguments)
    {
        string prefix = "";
        int rounds = DefaultRounds, launches = DefaultLaunches;
        bool json = false;
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--json":
                    json = true;
                    break;
                case "--only" when i + 1 < arguments.Length:
                    prefix = arguments[++i];
                    break;
                case "--rounds" when i + 1 < arguments.Length && int.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out rounds) && rounds > 0:
                    i++;
                    break;
                case "--launches" when i + 1 < arguments.Length && int.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out launches) && launches > 0:
                    i++;
                    break;
                default:
                    return Usage($"'{arguments[i]}' is not understood here.");
            }
        }

        Promise[] promises = [.. PromiseList.All.Where(promise => promise.Name.StartsWith(prefix, StringComparison.Ordinal))];
        return promises.Length == 0 ? Usage($"No promise's name starts with '{prefix}'.") : Measure(promises, rounds, launches, json);
    }

    private static int Measure(Promise[] promises, int rounds, int launches, bool json)
    {
        if (!json)
            PrintHead();

        var results = new List<RatioResult>();
        foreach (Promise promise in promises)
        {
            RatioResult result = RatioRun.Measure(promise, rounds, launches);
            results.Add(result);
            if (!json)
                PrintRow(result);
        }

        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(new { schema = "kelvin.ratios/1", machine = Machine(), rounds, launches, ratios = results }, Json));
        return results.TrueForAll(result => result.Holds) ? 0 : 1;
    }

    private static object Machine() => new
    {
        runtime = RuntimeInformation.FrameworkDescription,
        architecture = RuntimeInformation.ProcessArchitecture.ToString(),
        processors = Environment.ProcessorCount,
        vectorBits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128,
    };

    private static void PrintHead()
    {
        Console.Out.WriteLine($"{RuntimeInformation.FrameworkDescription}, {JsonSerializer.Serialize(Machine())}");
        Console.Out.WriteLine($"{"promise",-44} {"ours",8} {"peer",8} {"unit",-11} {"ratio",6} {"goal",5}  holds  against");
    }

    private static void PrintRow(RatioResult row) => Console.Out.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Name,-44} {row.Ours,8:G4} {row.Peer,8:G4} {row.Unit,-11} {row.Ratio,6:F2} {row.Goal,5:F2}  {(row.Holds ? "yes" : "NO"),-5}  {row.Against} [{row.Low:F2} … {row.High:F2}] {row.OursTier}/{row.PeerTier}, {row.OursBytesPerRun:F0} B"));

    private static int Usage(string problem)
    {
        Console.Error.WriteLine($"error: {problem}");
        Console.Error.WriteLine("hint: ratios [--only PREFIX] [--rounds N] [--launches N] [--json]");
        return 2;
    }
}
