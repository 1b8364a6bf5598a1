namespace Kelvin.Datasets.Tasks;

/// <summary>How a task is put, and so what became of it in the corpus.</summary>
public enum TaskPhrasing
{
    /// <summary>A plain sentence; frequent.</summary>
    Plain,

    /// <summary>A formula; frequent.</summary>
    Terse,

    /// <summary>A courteous sentence; rare.</summary>
    Polite,

    /// <summary>Hasty spelling; the corpus answers it hastily, with more slips.</summary>
    Careless,

    /// <summary>Words that leave open what is wanted; the corpus often asks back instead of answering.</summary>
    Vague,
}
