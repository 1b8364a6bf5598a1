namespace Kelvin.EndToEnd.Packages;

/// <summary>What a user gets: both packages are made, installed from a folder, and used.</summary>
public sealed class PackageTests(PackedFolder packed) : IClassFixture<PackedFolder>
{
    [Fact]
    public void The_library_package_carries_its_documentation_readme_symbols_and_notices()
    {
        string[] files = packed.FilesIn("Kelvin.*.nupkg");

        Assert.Contains("lib/net10.0/Kelvin.dll", files, StringComparer.Ordinal);
        Assert.Contains("lib/net10.0/Kelvin.xml", files, StringComparer.Ordinal);
        Assert.Contains("README.md", files, StringComparer.Ordinal);
        Assert.Contains("LICENSE", files, StringComparer.Ordinal);
        Assert.Contains("THIRD-PARTY-NOTICES.md", files, StringComparer.Ordinal);
        Assert.Contains("lib/net10.0/Kelvin.pdb", packed.FilesIn("Kelvin.*.snupkg"), StringComparer.Ordinal);
    }

    [Fact]
    public void A_program_that_installs_the_library_from_a_folder_computes_a_softmax()
    {
        string project = packed.Folder("program");
        File.WriteAllText(Path.Combine(project, "program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <RestoreAdditionalProjectSources>{packed.Packages}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{packed.Folder("cache")}</RestorePackagesPath>
                <RestoreFallbackFolders>{PackedFolder.SharedCache}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="Kelvin" Version="{packed.Version}" /></ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(project, "Program.cs"), """
            using Kelvin.Softmax;
            float[] p = new float[2];
            SoftmaxStatistics row = TemperedSoftmax.Forward([1000f, 999f], 1f, p);
            System.Console.WriteLine(System.FormattableString.Invariant($"{p[0]:F4} {row.Entropy:F4}"));
            """);

        string output = Shell.Run(project, "dotnet", "run", "-c", "Release");

        Assert.Equal("0.7311 0.5822", output.Trim().Split('\n')[^1]);
    }

    [Fact]
    public void The_tool_installs_from_a_folder_says_its_version_and_runs_its_native_library()
    {
        string tools = packed.Folder("tools");
        Shell.Run(tools, "dotnet", "tool", "install", "Kelvin.Cli", "--tool-path", tools, "--source", packed.Packages, "--version", packed.Version);

        string output = Shell.Run(tools, Path.Combine(tools, "kelvin"), "--version");

        Assert.StartsWith(packed.Version, output.Trim(), StringComparison.Ordinal);
        string samples = Path.Combine(Repository.Root, "samples", "inspect");
        Assert.StartsWith("3 softmaxes", Shell.Run(samples, Path.Combine(tools, "kelvin"), "inspect", "attention.onnx"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_tool_package_carries_its_readme_and_notices_and_nothing_for_phones()
    {
        string[] files = packed.FilesIn("Kelvin.Cli.*.nupkg");

        Assert.DoesNotContain(files, file => file.Contains("/android/", StringComparison.Ordinal) || file.Contains("/ios/", StringComparison.Ordinal));
        Assert.Contains("tools/net10.0/any/runtimes/linux-x64/native/libonnxruntime.so", files, StringComparer.Ordinal);

        Assert.Contains("README.md", files, StringComparer.Ordinal);
        Assert.Contains("LICENSE", files, StringComparer.Ordinal);
        Assert.Contains("THIRD-PARTY-NOTICES.md", files, StringComparer.Ordinal);
    }
}
