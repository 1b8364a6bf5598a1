namespace Kelvin.Transformers.Decoding;

/// <summary>A user's own formula for the temperature of the next token.</summary>
/// <param name="row">The candidates and their statistics at T = 1.</param>
/// <returns>T ≥ 0; 0 is the greedy limit, +∞ the uniform one. NaN and negative numbers are refused where the token is drawn.</returns>
public delegate double TemperatureRule(in CandidateRow row);
