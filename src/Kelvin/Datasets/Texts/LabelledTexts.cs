namespace Kelvin.Datasets;

/// <summary>Holds texts and a class for each.</summary>
/// <param name="Name">What people call the data.</param>
/// <param name="Texts">The texts.</param>
/// <param name="Labels">Shape [texts], each from 0 to the number of classes − 1.</param>
/// <param name="ClassNames">One name a class, in the order of the labels.</param>
/// <param name="Duplicates">Texts that were left out because the same text was there already: in two parts of a split they would flatter the result.</param>
public sealed record LabelledTexts(string Name, IReadOnlyList<string> Texts, IReadOnlyList<int> Labels, IReadOnlyList<string> ClassNames, int Duplicates);
