using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Weights;

namespace Kelvin.Transformers.Inference;

/// <summary>Reads weights from where they are kept into what inference computes with, one tensor of floats at a time in between.</summary>
/// <param name="source">Where they are kept.</param>
/// <param name="format">How to keep the matrices.</param>
/// <param name="file">Where the matrices stay and are read from at each product; null to hold them in memory.</param>
internal sealed class WeightReading(IWeightSource source, WeightFormat format, TransformerCheckpoint? file = null)
{
    private readonly CheckpointPart _part = new();

    /// <summary>Several matrices one below the other; roles that the model lacks are left out.</summary>
    public WeightMatrix Matrix(int layer, params ReadOnlySpan<WeightRole> roles)
    {
        WeightRole[] present = Present(roles);
        int outputs = present.Sum(role => WeightRoles.Shape(source.Config, role).Rows);
        int inputs = WeightRoles.Shape(source.Config, present[0]).Columns;
        if (file is not null)
            return new WeightMatrix(outputs, inputs, new CheckpointRows(file, layer, present, _part));

        int next = 0;
        int start = 0;
        float[] part = [];
        return new WeightMatrix(outputs, inputs, format, (row, destination) =>
        {
            if (row - start == part.Length / inputs)
            {
                start = row;
                part = Read(present[next++], layer);
            }

            part.AsSpan((row - start) * inputs, inputs).CopyTo(destination);
        });
    }

    /// <summary>Several vectors one after the other, kept as floats; empty where the model has none of them.</summary>
    public float[] Vector(int layer, params ReadOnlySpan<WeightRole> roles) => [.. Present(roles).SelectMany(role => Read(role, layer))];

    private WeightRole[] Present(ReadOnlySpan<WeightRole> roles) => [.. roles.ToArray().Where(role => WeightRoles.Has(source.Config, role))];

    private float[] Read(WeightRole role, int layer)
    {
        float[] values = new float[WeightRoles.Shape(source.Config, role).Elements];
        source.Read(role, layer, values);
        return values;
    }
}
