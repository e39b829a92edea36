namespace Tripos.Bench.Spacing;

/// <summary>A file that cannot be measured: says which, where, and what to do.</summary>
public sealed class BadInputException(string message) : Exception(message);
