using CsCheck;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Tests.Transformers.Checkpoints;

public sealed class SafetensorsMutationTests
{
    private static readonly byte[] Good = File.ReadAllBytes(Path.Combine(ModelFixtures.Bad, "dir-ok", "model.safetensors"));

    /// <summary>Some bytes of the head changed to anything or to bytes that mean something in JSON, then perhaps cut or grown.</summary>
    private static readonly Gen<byte[]> Mutant =
        Gen.Select(
            Gen.Select(Gen.Int[0, 1200], Gen.OneOf<byte>(Gen.Byte, Gen.OneOf("{}[]\",:0123456789-.eE\\".Select(c => (byte)c).ToArray()))).Array[0, 6],
            Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[-Good.Length, 40])))
        .Select((changes, growth) =>
        {
            byte[] mutant = new byte[Good.Length + growth];
            Good.AsSpan(0, Math.Min(Good.Length, mutant.Length)).CopyTo(mutant);
            foreach ((int at, byte value) in changes.Where(change => change.Item1 < mutant.Length))
                mutant[at] = value;
            return mutant;
        });

    [Fact]
    public void A_damaged_file_loads_or_throws_the_one_exception_of_model_files() => Mutant.Sample(
        mutant =>
        {
            try
            {
                using SafetensorsFile file = SafetensorsFile.FromMemory(mutant, "mutant.safetensors");
                foreach (TensorInfo tensor in file.Header.Tensors.Where(tensor => tensor.Type is TensorType.F32 or TensorType.F16 or TensorType.BF16))
                    Assert.Equal(tensor.Elements, file.Read(tensor.Name).Length);
            }
            catch (ModelFileException fault)
            {
                Assert.Equal("mutant.safetensors", fault.File);
            }
        },
        iter: 20_000);

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (int length = 0; length < Good.Length; length++)
            Assert.Throws<ModelFileException>(() => SafetensorsFile.FromMemory(Good.AsMemory(0, length), "cut.safetensors"));
    }
}
