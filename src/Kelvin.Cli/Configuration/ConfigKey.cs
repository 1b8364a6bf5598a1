using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Kelvin.Cli.Configuration;

/// <summary>One key of a section: its name in the file, its type, its bounds, its default and what it does.</summary>
internal sealed class ConfigKey
{
    private ConfigKey(PropertyInfo property, object? defaultValue)
    {
        Property = property;
        Default = defaultValue;
        Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
        Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description
            ?? throw new InvalidOperationException($"{property.DeclaringType}.{property.Name} has no [Description].");
        Range = property.GetCustomAttribute<RangeAttribute>();
        IsRequired = property.GetCustomAttribute<RequiredAttribute>() is not null;
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
        ValueType = IsList ? type.GetGenericArguments()[0] : type;
        IsNullable = !IsRequired && (Default is null || Nullable.GetUnderlyingType(property.PropertyType) is not null);
    }

    public string Name { get; }

    public string Description { get; }

    public PropertyInfo Property { get; }

    /// <summary>Type of the value, or of one value of a list.</summary>
    public Type ValueType { get; }

    public bool IsList { get; }

    public bool IsRequired { get; }

    /// <summary>Whether leaving it empty means something.</summary>
    public bool IsNullable { get; }

    public bool IsSection => ValueType.IsClass && ValueType != typeof(string);

    public RangeAttribute? Range { get; }

    public object? Default { get; }

    /// <summary>The keys of a section type, in the order they are declared.</summary>
    public static IReadOnlyList<ConfigKey> Of(Type section)
    {
        object blank = Activator.CreateInstance(section)!;
        return [.. section.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .OrderBy(property => property.MetadataToken)
            .Select(property => new ConfigKey(property, property.GetValue(blank)))];
    }

    /// <summary>What a value must be, in words: "a whole number from 1 to 100".</summary>
    public string Rule => IsList ? $"a list, each {ScalarRule}" : ScalarRule;

    /// <summary>The default as it would be written in a file; empty if there is none.</summary>
    public string DefaultText => Default switch
    {
        null => string.Empty,
        IEnumerable list and not string => $"[{string.Join(", ", list.Cast<object>().Select(Show))}]",
        _ => Show(Default),
    };

    private string ScalarRule
    {
        get
        {
            if (ValueType.IsEnum)
                return $"one of {string.Join(", ", EnumNames(ValueType))}";
            if (ValueType == typeof(bool))
                return "true or false";
            if (ValueType == typeof(string))
                return "text";
            if (IsSection)
                return "a section of keys and values";
            return (ValueType == typeof(int) ? "a whole number" : "a number") + RangeText;
        }
    }

    private string RangeText
    {
        get
        {
            if (Range is null)
                return string.Empty;

            string low = Show(Range.Minimum);
            string above = Range.MinimumIsExclusive ? $" above {low}" : $" of at least {low}";
            bool isOpen = Range.Maximum is double.MaxValue or int.MaxValue;
            if (isOpen)
                return above;

            string high = Show(Range.Maximum);
            return !Range.MinimumIsExclusive && !Range.MaximumIsExclusive
                ? $" from {low} to {high}"
                : $"{above} and {(Range.MaximumIsExclusive ? "below" : "at most")} {high}";
        }
    }

    public static IEnumerable<string> EnumNames(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName);

    private static string Show(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        Enum choice => JsonNamingPolicy.SnakeCaseLower.ConvertName(choice.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };
}
