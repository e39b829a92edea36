using Npgsql;
using Roles = Tripos.Server.Platform.Web.Roles;

namespace Tripos.Server.Tests.Support;

/// <summary>Somebody every test knows.</summary>
public sealed record Person(Guid Id, string Name, params string[] Roles);

/// <summary>Ada learns, Tess teaches and writes, Otto is a stranger to both, Root administers.</summary>
public static class Cast
{
    public static readonly Person Ada = new(new("0190c0de-0000-7000-8000-00000000000a"), "Ada", Roles.Learner);
    public static readonly Person Tess = new(new("0190c0de-0000-7000-8000-00000000000b"), "Tess", Roles.Learner, Roles.Teacher, Roles.Author);
    public static readonly Person Otto = new(new("0190c0de-0000-7000-8000-00000000000c"), "Otto", Roles.Learner);
    public static readonly Person Root = new(new("0190c0de-0000-7000-8000-00000000000d"), "Root", Roles.Learner, Roles.Admin);
    public static readonly Person[] Everybody = [Ada, Tess, Otto, Root];

    /// <summary>Gives everybody an account in a fresh database: the only place that knows how accounts are stored.</summary>
    internal static async Task ArriveAsync(NpgsqlDataSource sql)
    {
        foreach (var person in Everybody)
        {
            await using var insert = sql.CreateCommand("""
                WITH person AS (
                    INSERT INTO users (id, display_name, email, normalized_email, security_stamp, concurrency_stamp)
                    VALUES ($1, $2, lower($2) || '@example.org', upper($2) || '@EXAMPLE.ORG', 'cast', 'cast') RETURNING id)
                INSERT INTO user_roles (user_id, role) SELECT id, role FROM person, unnest($3) role WHERE role <> 'learner'
                """);
            insert.Parameters.Add(new() { Value = person.Id });
            insert.Parameters.Add(new() { Value = person.Name });
            insert.Parameters.Add(new() { Value = person.Roles });
            await insert.ExecuteNonQueryAsync();
        }
    }
}
