namespace Kelvin.Inspection.Sites;

/// <summary>Names what is unusual about an attention head; the bounds stand in <see cref="HeadBounds"/>.</summary>
public enum HeadState
{
    /// <summary>Hardly any entropy is left: every query looks at one key.</summary>
    Collapsed,

    /// <summary>One fixed key gets most of the attention, whatever the query.</summary>
    SinkDominated,

    /// <summary>All keys get the same attention: the head selects nothing.</summary>
    Uniform,

    /// <summary>Most rows are one-hot in float: their gradients are nearly zero.</summary>
    Saturated,
}
