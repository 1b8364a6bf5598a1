namespace Kelvin.Monitoring;

/// <summary>Carries a state out or in: one list of fields serves both ways, so the two cannot fall apart.</summary>
/// <remarks>Doubles come back bit for bit, NaN and ±∞ included.</remarks>
public abstract class StateExchange
{
    /// <summary>Says whether the fields are being read back.</summary>
    public abstract bool IsReading { get; }

    /// <summary>Carries one number.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The field.</param>
    public abstract void Field(string name, ref double value);

    /// <summary>Carries one integer.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The field.</param>
    public abstract void Field(string name, ref long value);

    /// <summary>Carries one truth value.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The field.</param>
    public abstract void Field(string name, ref bool value);

    /// <summary>Carries a short text.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The field.</param>
    public abstract void Field(string name, ref string value);

    /// <summary>Carries an array whose length is part of the detector's parameters.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="values">The array; when reading, the saved one must be of the same length.</param>
    public abstract void Field(string name, double[] values);

    /// <summary>Carries a small integer.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The field.</param>
    /// <param name="low">The least value it may have.</param>
    /// <param name="high">The largest value it may have.</param>
    public void Field(string name, ref int value, int low = int.MinValue, int high = int.MaxValue)
    {
        long wide = value;
        Field(name, ref wide);
        if (wide < low || wide > high)
            throw Wrong(name, FormattableString.Invariant($"is {wide}, but must be from {low} to {high}"));

        value = (int)wide;
    }

    /// <summary>Makes the exception for a field that cannot be used.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="fault">What is wrong with it.</param>
    protected abstract MonitorStateException Wrong(string name, string fault);
}
