namespace Kelvin.Datasets.Tasks;

/// <summary>What a task is about, before it is put into words.</summary>
/// <param name="Answer">The answer that is wanted.</param>
/// <param name="Parts">What the phrasings put into their places.</param>
internal sealed record TaskContent(string Answer, params string[] Parts);
