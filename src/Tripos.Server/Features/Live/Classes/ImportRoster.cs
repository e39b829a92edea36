using System.Text;
using Npgsql;
using Tripos.Formats;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

public enum RosterOutcome
{
    /// <summary>Has an account and is in the class from now on.</summary>
    Added,

    AlreadyIn,

    /// <summary>No account has this address: becomes a member as soon as one has.</summary>
    Listed,

    AlreadyListed,

    /// <summary>The address stands on an earlier line.</summary>
    Repeated,

    Refused,
}

/// <summary>What happened to each line of a roster.</summary>
public sealed record RosterReport(int Added, int AlreadyIn, int Listed, int Refused, IReadOnlyList<RosterReport.Line> Lines)
{
    /// <param name="Number">1 is the first line of the file.</param>
    /// <param name="Reason">Why nobody was added for this line; null where somebody was.</param>
    public sealed record Line(int Number, string Email, string Name, RosterOutcome Outcome, string? Reason);

    public static RosterReport Of(IReadOnlyList<Line> lines)
    {
        int Count(params RosterOutcome[] outcomes) => lines.Count(line => outcomes.Contains(line.Outcome));
        return new(Count(RosterOutcome.Added), Count(RosterOutcome.AlreadyIn), Count(RosterOutcome.Listed, RosterOutcome.AlreadyListed), Count(RosterOutcome.Refused), lines);
    }
}

/// <summary>Adds the people of a list to a class, all or none: those with an account become members, the others are listed until they have one.</summary>
public static class ImportRoster
{
    public const int MostLines = 2000;

    public sealed record Request(string? Csv);

    public static Task<Outcome<RosterReport>> RunAsync(Guid classId, string text, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        RunAsync(classId, Encoding.UTF8.GetBytes(text), user, source, clock, ct);

    public static async Task<Outcome<RosterReport>> RunAsync(Guid classId, byte[] file, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var held = await HeldClass.ByTeacherAsync(classId, user, connection, ct);
        if (held.Value is not { } found)
        {
            return held.Problem!;
        }

        var lines = RosterReader.Read(file);
        if (Refuse(found, lines.Count) is { } refusal)
        {
            return refusal;
        }

        var people = await PeopleAsync(lines, connection, ct);
        var (members, listed) = await StoreAsync(found, lines, people, connection, clock, ct);
        await transaction.CommitAsync(ct);
        return RosterReport.Of(Tell(lines, people, found.TeacherId, members, listed));
    }

    private static Problem? Refuse(HeldClass found, int lines) =>
        found.Status == ClassStatus.Archived ? ClassProblems.Archived
        : lines == 0 ? ClassProblems.RosterEmpty
        : lines > MostLines ? ClassProblems.RosterTooLong(lines)
        : null;

    /// <summary>Whose each usable address is: an account, nobody's yet, or one that PostgreSQL writes in capitals otherwise than we do, and that no account can be found by.</summary>
    private static async Task<Dictionary<string, (Guid? UserId, bool IsPlain)>> PeopleAsync(IReadOnlyList<RosterLine> lines, NpgsqlConnection connection, CancellationToken ct)
    {
        string[] emails = [.. lines.Where(line => line.Fault is null).Select(line => User.Normalize(line.Email)).Distinct()];
        var rows = await connection.QueryAsync("SELECT e.email, u.id, upper(e.email) = e.email FROM unnest($1::text[]) e(email) LEFT JOIN users u ON u.normalized_email = e.email",
            row => (Email: row.GetString(0), UserId: row.Maybe<Guid?>(1), IsPlain: row.GetBoolean(2)), ct, (object)emails);
        return rows.ToDictionary(row => row.Email, row => (row.UserId, row.IsPlain));
    }

    /// <returns>Who became a member, and which addresses were put on the list, just now.</returns>
    private static async Task<(HashSet<Guid> Members, HashSet<string> Listed)> StoreAsync(
        HeldClass found, IReadOnlyList<RosterLine> lines, Dictionary<string, (Guid? UserId, bool IsPlain)> people, NpgsqlConnection connection, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Guid[] ids = [.. people.Values.Select(person => person.UserId).OfType<Guid>().Where(id => id != found.TeacherId).Distinct()];
        var members = await connection.QueryAsync("""
            WITH taken_off AS (DELETE FROM class_roster r USING users u WHERE r.class_id = $1 AND u.id = ANY ($2) AND r.normalized_email = u.normalized_email)
            INSERT INTO class_members (class_id, learner_id, joined_by, joined_at) SELECT $1, id, 'roster', $3 FROM unnest($2) id ON CONFLICT DO NOTHING RETURNING learner_id
            """, row => row.GetGuid(0), ct, found.Id, ids, now);
        var without = lines.Where(line => line.Fault is null).DistinctBy(line => User.Normalize(line.Email))
            .Where(line => people[User.Normalize(line.Email)] is { UserId: null, IsPlain: true }).ToList();
        var listed = await connection.QueryAsync("""
            INSERT INTO class_roster (class_id, normalized_email, name, added_at) SELECT $1, p.email, p.name, $4 FROM unnest($2::text[], $3::text[]) p(email, name)
            ON CONFLICT (class_id, normalized_email) DO UPDATE SET name = CASE WHEN excluded.name = '' THEN class_roster.name ELSE excluded.name END RETURNING normalized_email, added_at = $4
            """, row => (Email: row.GetString(0), IsNew: row.GetBoolean(1)), ct,
            found.Id, without.Select(line => User.Normalize(line.Email)).ToArray(), without.Select(line => line.Name).ToArray(), now);
        return ([.. members], [.. listed.Where(row => row.IsNew).Select(row => row.Email)]);
    }

    private static List<RosterReport.Line> Tell(
        IReadOnlyList<RosterLine> lines, Dictionary<string, (Guid? UserId, bool IsPlain)> people, Guid teacherId, HashSet<Guid> members, HashSet<string> listed)
    {
        Dictionary<string, int> seen = [];
        return [.. lines.Select(line =>
        {
            string email = User.Normalize(line.Email);
            var (outcome, reason) = line.Fault is { } fault ? (RosterOutcome.Refused, fault)
                : !seen.TryAdd(email, line.Line) ? (RosterOutcome.Repeated, $"The same address stands on line {seen[email]}.")
                : people[email] switch
                {
                    { UserId: null, IsPlain: false } => (RosterOutcome.Refused, "This address has a letter that addresses here cannot have."),
                    { UserId: null } => listed.Contains(email) ? (RosterOutcome.Listed, null) : (RosterOutcome.AlreadyListed, "Is on the list already, and has no account yet."),
                    { UserId: { } id } when id == teacherId => (RosterOutcome.Refused, "This is the teacher of the class."),
                    { UserId: { } id } => members.Contains(id) ? (RosterOutcome.Added, null) : (RosterOutcome.AlreadyIn, "Is in the class already."),
                };
            return new RosterReport.Line(line.Line, line.Email, line.Name, outcome, reason);
        })];
    }
}
