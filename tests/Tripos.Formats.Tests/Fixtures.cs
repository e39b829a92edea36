using System.Runtime.CompilerServices;

namespace Tripos.Formats.Tests;

/// <summary>The files under tests/fixtures.</summary>
internal static class Fixtures
{
    public static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../fixtures"));

    public static FileStream Open(string name) => File.OpenRead(Path.Combine(Folder(), name));

    public static MemoryStream Bytes(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    public static CancellationToken Ct => TestContext.Current.CancellationToken;
}
