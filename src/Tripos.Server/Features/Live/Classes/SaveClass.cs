using Npgsql;
using Tripos.Formats;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Makes a class, renames it, archives it and makes it active again.</summary>
public static class SaveClass
{
    public const int LongestName = 120;
    public const int LongestDescription = 2000;

    public sealed record Request(string Name, string? Description = null)
    {
        /// <summary>A name of one line, and nothing that cannot be stored.</summary>
        internal Request Cleaned() => new(PlainText.OneLine(Name), PlainText.Clean(Description ?? "").Trim());
    }

    public sealed record StatusRequest(ClassStatus Status);

    /// <summary>Makes a class that learners can join by a code.</summary>
    public static async Task<Outcome<ClassView>> CreateAsync(Request request, CurrentUser teacher, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        request = request.Cleaned();
        if (Check(request).ToList() is { Count: > 0 } errors)
        {
            return ClassProblems.Invalid(errors);
        }

        var id = Guid.CreateVersion7();
        await source.ExecuteAsync("INSERT INTO classes (id, teacher_id, name, description, join_code, created_at) VALUES ($1, $2, $3, $4, $5, $6)", ct,
            id, teacher.Id, request.Name, request.Description, JoinCode.New(), clock.GetUtcNow());
        return (await ClassView.LoadAsync(id, teacher, source, ct))!;
    }

    public static async Task<Outcome<ClassView>> EditAsync(Guid classId, Request request, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        if (await ClassView.LoadAsync(classId, user, source, ct) is not { Runs: true } before)
        {
            return ClassProblems.NotFound;
        }

        request = request.Cleaned();
        if (Check(request).ToList() is { Count: > 0 } errors)
        {
            return ClassProblems.Invalid(errors);
        }

        var after = before with { Name = request.Name, Description = request.Description! };
        await source.ExecuteAsync("UPDATE classes SET name = $2, description = $3 WHERE id = $1", ct, classId, after.Name, after.Description);
        return after;
    }

    /// <summary>An archived class takes no new members and sessions; all else stays. Setting the same twice changes nothing.</summary>
    public static async Task<Outcome<ClassView>> SetStatusAsync(Guid classId, ClassStatus status, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        if (await ClassView.LoadAsync(classId, user, source, ct) is not { Runs: true })
        {
            return ClassProblems.NotFound;
        }

        await source.ExecuteAsync("UPDATE classes SET status = $2, archived_at = CASE WHEN $2 = 'archived' THEN $3::timestamptz END WHERE id = $1 AND status <> $2", ct,
            classId, AppDb.SnakeCase(status.ToString()), clock.GetUtcNow());
        return (await ClassView.LoadAsync(classId, user, source, ct))!;
    }

    private static IEnumerable<(string Field, string Message)> Check(Request request)
    {
        if (request.Name.Length is 0 or > LongestName)
        {
            yield return ("name", $"Give the class a name of up to {LongestName} characters");
        }

        if (request.Description!.Length > LongestDescription)
        {
            yield return ("description", $"Shorten the description to {LongestDescription:N0} characters");
        }
    }
}
