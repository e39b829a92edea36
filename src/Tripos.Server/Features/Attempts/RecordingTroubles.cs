using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>What a microphone can do wrong: not allowed, gone in the middle, nothing to hear, or no way to record in this browser.</summary>
public enum TroubleKind { Denied, Lost, Silent, Unsupported }

/// <summary>The microphone's troubles in an attempt, for its learner and for teachers.</summary>
public static class RecordingTroubles
{
    /// <param name="Detail">What the browser said; null when it said nothing.</param>
    public sealed record Trouble(int Position, TroubleKind Kind, string? Detail, DateTimeOffset At)
    {
        /// <summary>What happened, to follow "Question 3: ".</summary>
        public string Words => Kind switch
        {
            TroubleKind.Denied => "the browser was not allowed to use the microphone",
            TroubleKind.Lost => "the microphone was lost or could not be opened",
            TroubleKind.Silent => "the microphone gave no sound",
            _ => "the browser could not record",
        };
    }

    /// <summary>Of an attempt the caller may show, in the order in which they were told.</summary>
    public static Task<List<Trouble>> OfAsync(Guid attemptId, NpgsqlDataSource source, CancellationToken ct) =>
        source.QueryAsync("SELECT position, kind, detail, reported_at FROM recording_troubles WHERE attempt_id = $1 ORDER BY id",
            row => new Trouble(row.GetInt16(0), row.Word<TroubleKind>(1), row.Maybe<string>(2), row.Time(3)), ct, attemptId);
}
