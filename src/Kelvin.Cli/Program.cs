using System.Text;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var interruption = new Interruption();
        return await CommandTree.RunAsync(arguments, CliHost.OfProcess(), interruption.Token);
    }
}
