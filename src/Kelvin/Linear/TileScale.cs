namespace Kelvin.Linear;

/// <summary>What becomes of a finished sum: alpha·sum + beta·c, or alpha·sum alone.</summary>
internal readonly record struct TileScale<TVector>(TVector Alpha, TVector Beta, bool Overwrites);
