using System.Runtime.CompilerServices;

namespace Tripos.Server.Tests.Support;

/// <summary>The checkout the tests were built from.</summary>
public static class SourceTree
{
    public static string Root { get; } = Find();

    /// <summary>A folder of data the project does not ship; only tests that are run explicitly ask for it.</summary>
    public static string Corpus(string folder) =>
        Path.Combine(Environment.GetEnvironmentVariable("TRIPOS_CORPUS") ?? throw new InvalidOperationException($"TRIPOS_CORPUS names the folder that has a folder {folder}."), folder);

    private static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
