namespace Kelvin.Cli.Demo;

/// <summary>What one attention head did over all questions.</summary>
/// <param name="Entropy">Mean of H/log k.</param>
/// <param name="MaxLogit">The largest scaled score.</param>
internal sealed record AnswerHead(double Entropy, double MaxLogit);
