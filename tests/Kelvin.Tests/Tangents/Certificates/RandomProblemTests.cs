using Kelvin.Tangents.Certificates;

namespace Kelvin.Tests.Tangents.Certificates;

/// <summary>Certificates against real training, over random problems half of which break an assumption.</summary>
public sealed class RandomProblemTests(ITestOutputHelper output)
{
    [Fact]
    public void No_run_leaves_its_certificate_on_sixty_random_problems() => Check(first: 70_000, problems: 60, mostSteps: 1500);

    [Fact]
    [Trait("Speed", "Slow")]
    public void No_run_leaves_its_certificate_on_360_random_problems() => Check(first: 500_000, problems: 360, mostSteps: 4000);

    private void Check(int first, int problems, int mostSteps)
    {
        var tally = new CertificateTally();
        for (int index = 0; index < problems; index++)
        {
            CertificateCase problem = CertificateCase.Random(first + (index / 2), tooLargeStep: index % 2 == 1, mostSteps);
            TrainingCertificate certificate = problem.Prove();
            tally.Add(problem, certificate, CertificateCheck.Against(certificate, problem.Train()));
        }

        output.WriteLine(tally.ToString());
        Assert.Equal(0, tally.Violations);
        Assert.True(tally.ShareHolding >= 0.8, $"Only {tally.ShareHolding:P0} of the problems inside the assumptions got a certificate that says something.");
        Assert.True(tally.MedianRatioAtTenth <= 2, $"bound/measured at 1e-1 is {tally.MedianRatioAtTenth:g3}.");
        Assert.True(tally.MedianRatioAtThousandth <= 10, $"bound/measured at 1e-3 is {tally.MedianRatioAtThousandth:g3}.");
        Assert.True(tally.Outside >= problems / 4, "Too few problems break an assumption for the test to say anything about them.");
    }
}
