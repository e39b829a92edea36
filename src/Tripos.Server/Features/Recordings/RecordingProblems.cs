using Tripos.Server.Platform;

namespace Tripos.Server.Features.Recordings;

/// <summary>Every expected failure of recording.</summary>
public static class RecordingProblems
{
    public static readonly Problem NotFound = new("recording-not-found", 404, "No such recording");
    public static readonly Problem NotSpoken = new("recording-not-asked", 409, "This question is not answered by speaking");
    public static readonly Problem DigestMissing = new("digest-missing", 400, "The chunk's checksum is missing", "Send the header Content-Digest: sha-256=:…: (RFC 9530) with every chunk.");
    public static readonly Problem DigestWrong = new("digest-wrong", 400, "The checksum does not fit", "What arrived is not what was sent, or the checksum is of something else. Send it again.");

    public static readonly Problem NotASound = new("recording-unreadable", 415, "This is not a sound that can be played",
        "A recording must be WebM or Ogg with Opus, MP4 with AAC, or WAV. What counts is what it holds, not what it was announced as.");

    public static Problem BadRequest(string detail) => new("bad-recording", 400, "This recording cannot be stored", detail);

    public static Problem TooManyTakes(int most) => new("recording-too-many-takes", 409, "There are too many recordings", $"A question may be recorded up to {most} times in one attempt.");

    public static Problem Late(DateTimeOffset deadline) => new("recording-late", 409, "The time was up", $"The deadline was {deadline:u}; this recording began later, or arrived after the grace period.");

    public static Problem TooLong(int mostMs) => new("recording-too-long", 413, "The recording is too long", $"It may last up to {mostMs / 1000.0:0.#} seconds.")
    {
        Facts = new Dictionary<string, object?> { ["longestMs"] = mostMs },
    };

    public static Problem TooLarge(string what, int most) => new("recording-too-large", 413, $"The {what} is too large", $"A {what} may have up to {most:N0} bytes.")
    {
        Facts = new Dictionary<string, object?> { ["mostBytes"] = most },
    };

    public static Problem ChunkDiffers(int number) => new("chunk-differs", 409, "Another chunk has this number", $"Chunk {number} is here already, with other bytes.");

    public static Problem ChunksMissing(IReadOnlyList<int> missing) => new("chunks-missing", 409, "Chunks are missing", "Send the missing chunks, then complete the recording again.")
    {
        Facts = new Dictionary<string, object?> { ["missing"] = missing },
    };

    public static Problem Finished(RecordingState state) => new("recording-finished", 409, state == RecordingState.Complete ? "This recording is complete" : "This recording was given up",
        state == RecordingState.Complete ? "It takes no more chunks." : "Start another take.");
}
