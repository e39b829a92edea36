using Tripos.Server.Platform;

namespace Tripos.Server.Features.MediaStore;

/// <summary>Every expected failure of the media store.</summary>
public static class MediaProblems
{
    public static readonly Problem NotFound = new("media-not-found", 404, "No such picture or sound");
    public static readonly Problem Empty = new("media-empty", 400, "There is no file to store", "Choose a picture or a sound.");
    public static readonly Problem BadDrawing = new("media-bad-svg", 400, "This drawing cannot be read", "The file is named or begins like SVG but is not well-formed XML. Save it again from a drawing program.");

    public static readonly Problem Unsupported = new("media-unsupported", 415, "This kind of file cannot be stored",
        "Pictures may be PNG, JPEG, WebP, GIF or SVG; sounds MP3, Ogg, WebM, WAV or M4A. What counts is what the file holds, not its name.");

    public static Problem TooLarge(string what, long most) => new("media-too-large", 413, $"The {what} is too large", $"A {what} may have up to {most >> 20} MB.");

    public static Problem InUse(int questions) => new("media-in-use", 409, "Questions use this file",
        $"{questions} question{(questions == 1 ? " uses it or has" : "s use it or have")} used it in an earlier version, which results still show.");
}
