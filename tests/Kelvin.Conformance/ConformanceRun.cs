using System.Globalization;
using System.Text.Json;

namespace Kelvin.Conformance;

/// <summary>Finds the fixture files of a folder and evaluates every case in double and in float.</summary>
internal static class ConformanceRun
{
    private static readonly IFixtureFormat[] Formats = [new TheoryFormat(), new LogitsFormat(), new ModelFormat(), new OnnxFormat(), new RealOnnxFormat()];

    /// <summary>The result of each fixture file under <paramref name="folder"/>, in the order of their paths; files of other formats are passed over.</summary>
    public static IReadOnlyList<FileResult> Evaluate(string folder, IReadOnlyCollection<string>? families = null)
    {
        var results = new List<FileResult>();
        foreach (string path in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (EvaluateFile(path, Path.GetRelativePath(folder, path), families) is { Cases: > 0 } result)
                results.Add(result);
        }

        return results;
    }

    private static FileResult? EvaluateFile(string path, string name, IReadOnlyCollection<string>? families)
    {
        using FileStream stream = File.OpenRead(path);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(stream);
        }
        catch (JsonException)
        {
            return null;
        }

        using (document)
        {
            JsonElement root = document.RootElement;
            IFixtureFormat? format = root.ValueKind == JsonValueKind.Object ? Array.Find(Formats, known => known.Recognises(path, root)) : null;
            if (format is null)
                return null;

            var result = new FileResult(name);
            try
            {
                foreach (FixtureCase fixture in format.Read(path, root).Where(fixture => families?.Any(name => FamilyCatalog.IsMeant(fixture.Family, name)) ?? true))
                    EvaluateCase(fixture, result);
            }
            catch (Exception exception) when (exception is KeyNotFoundException or FormatException or InvalidOperationException)
            {
                result.Close("(unreadable)", [new Failure("(unreadable)", "", null, exception.Message)]);
            }

            return result;
        }
    }

    private static void EvaluateCase(FixtureCase fixture, FileResult result)
    {
        if (FamilyCatalog.Find(fixture.Family) is not { } family)
        {
            result.Skip(new Skip(fixture.Id, FamilyCatalog.ReasonFor(fixture.Family)));
            return;
        }

        if (family.ReasonToSkip(fixture.Inputs) is { } reason)
        {
            result.Skip(new Skip(fixture.Id, reason));
            return;
        }

        string[] toCome = [.. fixture.Expected.Select(field => field.Name).Intersect(family.FieldsToCome, StringComparer.Ordinal)];
        if (toCome.Length > 0)
            result.Skip(new Skip(fixture.Id, family.ReasonToCome, toCome));

        var failures = new List<Failure>();
        Check(fixture, family.Evaluate<double>, Precision.Double, toCome, result, failures);
        Check(fixture, family.Evaluate<float>, Precision.Float, toCome, result, failures);
        result.Close(fixture.Id, failures);
    }

    private static void Check(
        FixtureCase fixture, Func<FixtureInputs, Answers> evaluate, Precision precision, string[] toCome, FileResult result, List<Failure> failures)
    {
        Answers answers;
        try
        {
            answers = evaluate(fixture.Inputs);
        }
        catch (Exception exception)
        {
            failures.Add(new Failure(fixture.Id, "", precision, $"{exception.GetType().Name}: {exception.Message}"));
            return;
        }

        foreach (ExpectedField field in fixture.Expected.ExceptBy(toCome, field => field.Name, StringComparer.Ordinal))
        {
            if (answers[field.Name] is not { } got)
            {
                failures.Add(new Failure(fixture.Id, field.Name, precision, "the product gave no answer"));
                continue;
            }

            double error = field.Tolerance.Error(field.Values, got, precision);
            result.Measure(error, fixture.Id, field.Name, precision);
            if (!(error <= 1))
                failures.Add(new Failure(fixture.Id, field.Name, precision, Describe(field, got, error)));
        }
    }

    private static string Describe(ExpectedField field, double[] got, double error)
    {
        if (got.Length != field.Values.Length)
            return string.Create(CultureInfo.InvariantCulture, $"{got.Length} values instead of {field.Values.Length}");

        int at = Enumerable.Range(0, got.Length).MaxBy(i => double.IsNaN(got[i]) ? double.PositiveInfinity : Math.Abs(got[i] - field.Values[i]));
        return string.Create(
            CultureInfo.InvariantCulture, $"got {got[at]:R}, expected {field.Values[at]:R} at {at}; {error:G4} times the tolerance");
    }
}
