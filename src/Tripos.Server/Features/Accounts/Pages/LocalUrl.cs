namespace Tripos.Server.Features.Accounts.Pages;

/// <summary>Where to go on after signing in: a path of this site, never another site.</summary>
internal static class LocalUrl
{
    public static string Or(string? url, string otherwise) =>
        url is ['/', .. var rest] && rest is not ['/' or '\\', ..] && !url.Any(char.IsControl) ? url : otherwise;
}
