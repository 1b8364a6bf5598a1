using System.Globalization;
using System.Runtime.CompilerServices;

namespace Kelvin;

/// <summary>The checks at the door of every public method: what it is, what it must be, what to do.</summary>
internal static class Require
{
    public static void NotEmpty<T>(ReadOnlySpan<T> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        if (values.IsEmpty)
            throw new ArgumentException($"{name} is empty, but must hold at least one value.", name);
    }

    public static void Length<T>(
        ReadOnlySpan<T> values, int length, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        if (values.Length != length)
            throw new ArgumentException(Invariant($"{name} has length {values.Length}, but must have length {length}."), name);
    }

    public static void Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0) || double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, Invariant($"{name} is {value}, but must be finite and greater than 0."));
    }

    public static void Positive(int value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value <= 0)
            throw new ArgumentOutOfRangeException(name, Invariant($"{name} is {value}, but must be at least 1."));
    }

    public static void Temperature(double temperature, [CallerArgumentExpression(nameof(temperature))] string name = "")
    {
        if (!(temperature > 0) || double.IsInfinity(temperature))
        {
            throw new ArgumentOutOfRangeException(
                name, Invariant($"{name} is {temperature}, but must be finite and greater than 0; for the limit T → 0 use Argmax."));
        }
    }

    public static void Between(double value, double low, double high, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= low && value <= high))
            throw new ArgumentOutOfRangeException(name, Invariant($"{name} is {value}, but must be from {low} to {high}."));
    }

    public static void FloatOrDouble<T>()
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"The elements are of type {typeof(T).Name}, but must be float or double; convert them first.");
    }

    public static void MatrixShape(int length, int rows, int columns, int stride)
    {
        if (rows < 0 || columns < 0)
            throw new ArgumentException(Invariant($"The matrix has {rows} rows and {columns} columns, but neither may be negative."), nameof(rows));
        if (stride < columns)
            throw new ArgumentException(Invariant($"stride is {stride}, but must be at least the {columns} columns: rows would overlap."), nameof(stride));
        long needed = rows == 0 || columns == 0 ? 0 : (((long)rows - 1) * stride) + columns;
        if (needed > length)
            throw new ArgumentException(Invariant($"memory has length {length}, but {rows} rows of stride {stride} need {needed}."), nameof(length));
    }

    public static void BlockInside(int row, int column, int rows, int columns, int ofRows, int ofColumns)
    {
        if (row < 0 || column < 0 || rows < 0 || columns < 0 || row > ofRows - rows || column > ofColumns - columns)
        {
            throw new ArgumentException(Invariant(
                $"The block of {rows} × {columns} from ({row}, {column}) does not fit a matrix of {ofRows} × {ofColumns}."), nameof(row));
        }
    }

    public static void SameShape(int rows, int columns, int otherRows, int otherColumns, string name)
    {
        if (rows != otherRows || columns != otherColumns)
            throw new ArgumentException(Invariant($"{name} is {otherRows} × {otherColumns}, but must be {rows} × {columns}."), name);
    }

    public static void Level(double level, [CallerArgumentExpression(nameof(level))] string name = "")
    {
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(name, Invariant($"{name} is {level}, but must be between 0 and 1, such as 0.95."));
    }

    public static void LabelledRows(int rows, int classes, ReadOnlySpan<int> labels)
    {
        That(rows > 0, "There are no rows, but there must be at least one.", nameof(labels));
        Length(labels, rows);
        Labels(labels, classes);
    }

    public static void Probability(double value, int row, int column)
    {
        if (!(value >= 0 && value <= 1 + 1e-5))
            throw new ArgumentException(Invariant($"The probability in row {row}, column {column} is {value}, but must be from 0 to 1."), nameof(value));
    }

    public static void Index(int index, int count, string name)
    {
        if ((uint)index >= (uint)count)
            throw new ArgumentOutOfRangeException(name, Invariant($"{name} holds {index}, but must be from 0 to {count - 1}."));
    }

    public static void Labels(ReadOnlySpan<int> labels, int classes, [CallerArgumentExpression(nameof(labels))] string name = "")
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
                throw new ArgumentOutOfRangeException(name, Invariant($"{name}[{i}] is {labels[i]}, but must be from 0 to {classes - 1}."));
        }
    }

    public static void That(bool holds, string message, string name)
    {
        if (!holds)
            throw new ArgumentException(message, name);
    }

    public static void That(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref RequireMessage message, string name)
    {
        if (!holds)
            throw new ArgumentException(message.ToStringAndClear(), name);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
