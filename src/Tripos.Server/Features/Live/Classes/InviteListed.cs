using System.Net.Mail;
using Npgsql;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Jobs;
using Tripos.Server.Platform.Mail;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Asks the people on the list of a class by mail to sign up; nobody more often than once in a week.</summary>
public static class InviteListed
{
    private static readonly TimeSpan Pause = TimeSpan.FromDays(7);

    public sealed record Invited(int Sent);

    private sealed record Person(string Email, string Name);

    /// <param name="classId">An active class.</param>
    /// <param name="user">Who runs it.</param>
    /// <param name="site">What links begin with.</param>
    /// <param name="source">The database.</param>
    /// <param name="clock">The time.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Outcome<Invited>> RunAsync(Guid classId, CurrentUser user, Uri site, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var held = await HeldClass.ByTeacherAsync(classId, user, connection, ct);
        if (held.Value is not { Status: ClassStatus.Active } found)
        {
            return held.Problem ?? ClassProblems.Archived;
        }

        string teacher = (await connection.QueryAsync("SELECT display_name FROM users WHERE id = $1", row => row.GetString(0), ct, found.TeacherId))[0];
        var people = await MarkAsync(classId, clock.GetUtcNow(), connection, ct);
        foreach (var person in people)
        {
            await connection.EnqueueAsync(OutgoingMail.Kind, MailTo(person, found, teacher, site), ct);
        }

        await transaction.CommitAsync(ct);
        return new Invited(people.Count);
    }

    /// <summary>Who is to be asked now, marked as asked. An address that no mail can be written to is left alone.</summary>
    private static async Task<List<Person>> MarkAsync(Guid classId, DateTimeOffset now, NpgsqlConnection connection, CancellationToken ct)
    {
        var due = await connection.QueryAsync("SELECT lower(normalized_email), name FROM class_roster WHERE class_id = $1 AND (invited_at IS NULL OR invited_at < $2) FOR UPDATE",
            row => new Person(row.GetString(0), row.GetString(1)), ct, classId, now - Pause);
        due.RemoveAll(person => !MailAddress.TryCreate(person.Email, out _));
        await connection.ExecuteAsync("UPDATE class_roster SET invited_at = $3 WHERE class_id = $1 AND normalized_email = ANY ($2)", ct,
            classId, due.Select(person => User.Normalize(person.Email)).ToArray(), now);
        return due;
    }

    private static OutgoingMail MailTo(Person person, HeldClass found, string teacher, Uri site) => new(person.Email, $"{teacher} asks you to join {found.Name}", $"""
        Hello{(person.Name.Length > 0 ? $" {person.Name}" : "")},

        {teacher} has put you on the list of the class “{found.Name}” at Tripos. You are in it as soon as you sign up with this address, {person.Email}:

        {new Uri(site, "/sign-up?returnUrl=%2Fclasses")}

        If you have an account with another address already, sign in with it and ask {teacher} for the code of the class.

        If you do not know {teacher}, there is nothing to do.
        """);
}
