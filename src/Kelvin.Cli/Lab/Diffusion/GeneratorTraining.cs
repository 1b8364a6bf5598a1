using Kelvin.Cli.Frame;
using Kelvin.Diffusion;
using Kelvin.Linear;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>Trains the generator, with progress, and goes on where an interrupted training was.</summary>
/// <param name="run">The means.</param>
/// <param name="plan">Steps, seed.</param>
/// <param name="images">The digits.</param>
/// <param name="process">How noise is added.</param>
/// <param name="statePath">Where the training is kept, or null.</param>
internal sealed class GeneratorTraining(LabRun run, DiffusionPlan plan, DigitImages images, ForwardProcess process, string? statePath)
{
    private const int StepsAPart = 20;
    private const int PartsASave = 10;

    /// <summary>The averaged network, and how many seconds it took here.</summary>
    public (DenoiserNetwork<float> Network, double Seconds) Train()
    {
        (MatrixView<float> data, int[] labels) = images.Examples(plan.Seed);
        var options = new DenoiserTrainingOptions { Steps = plan.GeneratorSteps, FirstTime = 0.02, LastTime = 0.985, Seed = plan.Seed, Threads = run.Threads };
        var start = new DenoiserNetwork<float>(
            new DenoiserOptions { Dimensions = data.Columns, Classes = 2 * images.Generator.ClassCount, DataDeviation = images.Deviation }, plan.Seed);
        var trainer = new DenoiserTrainer<float>(start, process, data, labels, options);
        Resume(trainer);
        TimeSpan begin = run.Elapsed;
        int parts = (int)((options.Steps - trainer.Step + StepsAPart - 1) / StepsAPart);
        run.Do<bool>("Training the generator", parts, [tell =>
        {
            while (!trainer.IsDone)
                Part(trainer, tell);
            return true;
        }]);
        return (trainer.Average(), (run.Elapsed - begin).TotalSeconds);
    }

    private void Part(DenoiserTrainer<float> trainer, Action<string?> tell)
    {
        double loss = double.NaN;
        for (int i = 0; i < StepsAPart && !trainer.IsDone; i++)
            loss = trainer.TakeStep();
        run.CancellationToken.ThrowIfCancellationRequested();
        if (statePath is not null && (trainer.IsDone || trainer.Step % (StepsAPart * PartsASave) == 0))
            Save(trainer, statePath);
        tell(trainer.Step % (5 * StepsAPart) == 0 ? LabWords.Text($"step {trainer.Step}: loss {loss:0.000}") : null);
    }

    private void Resume(DenoiserTrainer<float> trainer)
    {
        if (statePath is null || !File.Exists(statePath))
            return;
        using FileStream saved = File.OpenRead(statePath);
        try
        {
            trainer.Restore(saved);
        }
        catch (InvalidDataException damaged)
        {
            throw new UsageException($"{run.Host.ShortPath(statePath)} cannot be resumed: {damaged.Message}", "Delete it to train the generator anew.");
        }
    }

    /// <summary>Writes beside the file and renames: a kill leaves the old state or the new one.</summary>
    private static void Save(DenoiserTrainer<float> trainer, string path)
    {
        string beside = path + ".new";
        using (FileStream file = File.Create(beside))
            trainer.Save(file);
        File.Move(beside, path, overwrite: true);
    }
}
