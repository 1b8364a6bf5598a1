using System.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Networks;

/// <summary>Draws the weights a network starts from.</summary>
internal static class StartingWeights
{
    public static void Draw<T>(TwoLayerNetwork<T> network, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NetworkOptions options = network.Options;
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        bool standard = options.Parametrisation == Parametrisation.Standard;
        bool halved = options.Activation is HiddenActivation.Relu or HiddenActivation.Gelu;
        double hiddenSize = options.InitialScale * (standard ? Math.Sqrt((halved ? 2.0 : 1.0) / options.Inputs) : 1);
        double outputSize = options.OutputInitialScale
            * (standard && options.Activation != HiddenActivation.Softmax ? 1 / Math.Sqrt(options.Hidden) : 1);
        bool signsOnly = !standard || !options.TrainOutputWeights;

        for (int r = 0; r < options.Hidden; r++)
        {
            bool mirrored = options.SymmetricStart && r % 2 == 1;
            for (int i = 0; i < options.Inputs; i++)
            {
                network.HiddenWeights[i, r] = mirrored
                    ? network.HiddenWeights[i, r - 1]
                    : T.CreateChecked(hiddenSize * Normal.Sample(random, 0, 1));
            }

            for (int l = 0; l < options.Outputs; l++)
            {
                network.OutputWeights[l, r] = mirrored
                    ? -network.OutputWeights[l, r - 1]
                    : T.CreateChecked(outputSize * (signsOnly ? Sign(random) : Normal.Sample(random, 0, 1)));
            }
        }
    }

    private static int Sign(Xoshiro256StarStar random) => random.NextDouble() < 0.5 ? -1 : 1;
}
