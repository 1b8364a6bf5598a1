namespace Kelvin.Softmax;

/// <summary>The modes in use.</summary>
internal static class RowModes
{
    /// <summary>Probabilities and nothing else.</summary>
    internal readonly struct Plain : IRowMode
    {
        public static bool Stores => true;

        public static bool LeavesOutMax => false;

        public static bool HasMoments => false;
    }

    /// <summary>Probabilities and all statistics.</summary>
    internal readonly struct Full : IRowMode
    {
        public static bool Stores => true;

        public static bool LeavesOutMax => true;

        public static bool HasMoments => true;
    }

    /// <summary>Statistics only.</summary>
    internal readonly struct Vitals : IRowMode
    {
        public static bool Stores => false;

        public static bool LeavesOutMax => true;

        public static bool HasMoments => true;
    }

    /// <summary>Probabilities, with the sum of the tail accurate on its own.</summary>
    internal readonly struct StoredTail : IRowMode
    {
        public static bool Stores => true;

        public static bool LeavesOutMax => true;

        public static bool HasMoments => false;
    }

    /// <summary>The sum of the tail only.</summary>
    internal readonly struct Tail : IRowMode
    {
        public static bool Stores => false;

        public static bool LeavesOutMax => true;

        public static bool HasMoments => false;
    }
}
