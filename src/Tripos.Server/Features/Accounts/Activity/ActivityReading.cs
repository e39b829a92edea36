using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Accounts;

/// <summary>The log, newest first, page after page.</summary>
public static class ActivityReading
{
    public const int PageSize = 50;

    public sealed record Row(long Id, Guid? UserId, string? Person, string? Actor, string Action, IPAddress? Ip, string Device, IReadOnlyDictionary<string, string> Details, DateTimeOffset CreatedAt);

    /// <param name="Next">Pass as <c>before</c> to read on; null on the last page.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, string? Next);

    /// <param name="userId">Only what happened to this person; null for everybody.</param>
    /// <param name="action">Only this; null for everything.</param>
    public static async Task<Page> ReadAsync(Guid? userId, string? action, string? before, AppDb db, CancellationToken ct)
    {
        var entries = db.ActivityLog.AsNoTracking();
        if (userId is not null)
        {
            entries = entries.Where(e => e.UserId == userId);
        }

        if (!string.IsNullOrEmpty(action))
        {
            entries = entries.Where(e => e.Action == action && e.IsSecurity);
        }

        if (Cursor.Parse(before) is { } cursor)
        {
            entries = entries.Where(e => EF.Functions.LessThan(ValueTuple.Create(e.CreatedAt, e.Id), ValueTuple.Create(cursor.At, cursor.Id)));
        }

        var rows = await Named(entries.OrderByDescending(e => e.CreatedAt).ThenByDescending(e => e.Id).Take(PageSize + 1), db).ToListAsync(ct);
        return new([.. rows.Take(PageSize)], rows.Count > PageSize ? new Cursor(rows[PageSize - 1].CreatedAt, rows[PageSize - 1].Id).ToString() : null);
    }

    private static IQueryable<Row> Named(IQueryable<ActivityEntry> entries, AppDb db) =>
        from entry in entries
        join person in db.Users on entry.UserId equals person.Id into people
        from person in people.DefaultIfEmpty()
        join actor in db.Users on entry.ActorId equals actor.Id into actors
        from actor in actors.DefaultIfEmpty()
        orderby entry.CreatedAt descending, entry.Id descending
        select new Row(entry.Id, entry.UserId, person.DisplayName, actor.DisplayName, entry.Action, entry.Ip, entry.Device, entry.Details, entry.CreatedAt);

    /// <summary>Where a page ended, as the text in its link.</summary>
    private sealed record Cursor(DateTimeOffset At, long Id)
    {
        public static Cursor? Parse(string? text) =>
            text?.Split('-') is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out long at) && at <= DateTimeOffset.MaxValue.Ticks
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                ? new(new DateTimeOffset(at, TimeSpan.Zero), number)
                : null;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}-{Id}");
    }
}
