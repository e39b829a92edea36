using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Accounts;

/// <summary>People as an administrator sees them, by address, page after page.</summary>
public static class PeopleList
{
    public const int PageSize = 50;

    public sealed record Row(Guid Id, string Email, string Name, IReadOnlyList<string> Roles, DateTimeOffset? DisabledAt, DateTimeOffset? LockedUntil, bool IsDemo, DateTimeOffset CreatedAt);

    /// <param name="Next">Pass as <c>after</c> to read on; null on the last page.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, string? Next);

    /// <param name="search">Start of an address or of a name; null for everybody.</param>
    /// <param name="after">The normalized address the last page ended with.</param>
    public static async Task<Page> ReadAsync(string? search, string? after, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        var people = db.Users.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            string prefix = Escape(User.Normalize(search)) + "%";
            people = people.Where(u => EF.Functions.Like(u.NormalizedEmail!, prefix, @"\") || EF.Functions.Like(u.DisplayName.ToUpper(), prefix, @"\"));
        }

        if (!string.IsNullOrEmpty(after))
        {
            people = people.Where(u => string.Compare(u.NormalizedEmail, after) > 0);
        }

        var rows = await Rows(people.OrderBy(u => u.NormalizedEmail).Take(PageSize + 1), db, clock.GetUtcNow()).ToListAsync(ct);
        return new([.. rows.Take(PageSize)], rows.Count > PageSize ? User.Normalize(rows[PageSize - 1].Email) : null);
    }

    public static async Task<Outcome<Row>> OneAsync(Guid id, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        var row = await Rows(db.Users.Where(u => u.Id == id), db, clock.GetUtcNow()).SingleOrDefaultAsync(ct);
        return row is null ? AccountProblems.NotFound : row;
    }

    private static IQueryable<Row> Rows(IQueryable<User> people, AppDb db, DateTimeOffset now) =>
        people.Select(u => new Row(u.Id, u.Email!, u.DisplayName,
            db.Set<UserRole>().Where(r => r.UserId == u.Id).OrderBy(r => r.Role).Select(r => r.Role).ToList(),
            u.DisabledAt, u.LockoutEnd > now ? u.LockoutEnd : null, u.IsDemo, u.CreatedAt));

    private static string Escape(string text) => text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");
}
