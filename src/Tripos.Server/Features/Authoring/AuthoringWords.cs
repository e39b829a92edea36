using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Authoring;

/// <summary>What authors read for the words of the database.</summary>
internal static class AuthoringWords
{
    public static string Of(ContentStatus status) => status switch
    {
        ContentStatus.InReview => "in review",
        _ => status.ToString().ToLowerInvariant(),
    };

    public static string? Tone(ContentStatus status) => status switch
    {
        ContentStatus.Live => "good",
        ContentStatus.InReview or ContentStatus.Experimental => "info",
        _ => null,
    };

    public static string Of(VersionReason reason) => reason switch
    {
        VersionReason.Created => "written",
        VersionReason.Keyed => "its key was set",
        _ => reason.ToString().ToLowerInvariant(),
    };
}
