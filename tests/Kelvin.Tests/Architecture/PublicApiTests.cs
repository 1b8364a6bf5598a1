using Kelvin.Linear;
using PublicApiGenerator;

namespace Kelvin.Tests.Architecture;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_api_of_the_library_is_the_one_written_down()
    {
        string api = typeof(MatrixView).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false });

        Golden.Matches(api, "Kelvin");
    }
}
