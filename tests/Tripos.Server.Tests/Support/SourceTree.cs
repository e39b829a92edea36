using System.Runtime.CompilerServices;

namespace Tripos.Server.Tests.Support;

/// <summary>The checkout the tests were built from.</summary>
public static class SourceTree
{
    public static string Root { get; } = Find();

    private static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
