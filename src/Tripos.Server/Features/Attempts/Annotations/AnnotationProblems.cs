using Tripos.Server.Platform;

namespace Tripos.Server.Features.Attempts;

/// <summary>Every expected failure of highlights.</summary>
public static class AnnotationProblems
{
    public static readonly Problem Removed = new("annotation-removed", 409, "This highlight was taken away", "It was removed in another tab or on another device. Mark the words again to have it back.");

    public static readonly Problem TooMany = new("too-many-annotations", 409, "There are many highlights already", $"An attempt can have up to {SaveAnnotation.Most} highlights. Remove one to mark something else.");

    public static Problem Bad(string field, string detail) =>
        new("bad-annotation", 400, "This highlight cannot be stored", detail) { Facts = new Dictionary<string, object?> { ["field"] = field } };

    /// <summary>The same code as for an answer: the page treats both alike.</summary>
    public static Problem Closed(DateTimeOffset? at) => new("attempt-closed", 409, "This attempt is closed",
        at is null ? "Its highlights stay as they are." : $"It was submitted at {at:u}; its highlights stay as they are.");
}
