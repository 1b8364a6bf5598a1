namespace Kelvin.Inspection.Sites;

/// <summary>Says what a softmax is for.</summary>
public enum SiteKind
{
    /// <summary>Its probabilities weigh rows of a matrix product: attention.</summary>
    Attention,

    /// <summary>Its probabilities leave the model.</summary>
    Output,

    /// <summary>Neither; a gate, for example.</summary>
    Other,
}
