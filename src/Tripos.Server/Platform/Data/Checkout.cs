namespace Tripos.Server.Platform.Data;

/// <summary>Where this program was built, when it runs from a checkout and not from a published folder.</summary>
public static class Checkout
{
    /// <summary>The folder with Tripos.slnx; null when published.</summary>
    public static string? Root { get; } = Find();

    /// <summary>The folder that holds wwwroot.</summary>
    public static string ContentRoot => Root is null ? AppContext.BaseDirectory : Path.Combine(Root, "src", "Tripos.Server");

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tripos.slnx")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
