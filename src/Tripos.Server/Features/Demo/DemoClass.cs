using Npgsql;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Features.Live;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Demo;

/// <summary>The class of the demo teacher: everybody is in it, one learner has more time, somebody has no account yet; one session is over, and one is planned for tomorrow.</summary>
public static class DemoClass
{
    private const string Latecomer = "Jonas, jonas@demo.tripos";

    public static async Task MakeAsync(IServiceProvider services, IReadOnlyDictionary<string, Guid> people, AppDb db, CancellationToken ct)
    {
        var source = services.GetRequiredService<NpgsqlDataSource>();
        var clock = services.GetRequiredService<TimeProvider>();
        var tess = new CurrentUser(people[DemoPeople.Tess.Email], IsAuthor: true, IsTeacher: true, IsModerator: false, IsAdmin: false);

        var course = Made(await SaveClass.CreateAsync(new("Python evening class", "Tuesdays at six. We sit a quiz together, and look at it afterwards."), tess, source, clock, ct));
        string[] list = [.. DemoPeople.Classmates.Prepend(DemoPeople.Ada).Select(person => $"{person.Name}, {person.Email}"), Latecomer];
        Made(await ImportRoster.RunAsync(course.Id, string.Join('\n', list), tess, source, clock, ct));
        Made(await SetAccommodation.RunAsync(people[DemoPeople.Classmates[0].Email], new(Factor: 1.25f, Note: "Reads slowly"), tess, Visitor.CommandLine, source, db, clock, ct));
        var tests = await ReadTestChoices.RunAsync(tess, source, ct);
        await new DemoSession(services, people).MakeAsync(course.Id, tests[0].TestId, $"{tests[0].Title}, together", tess, clock.GetUtcNow(), ct);
        await PlanAsync(course.Id, tests[1], tess, source, clock, ct);
    }

    private static async Task PlanAsync(Guid classId, ReadTestChoices.Choice test, CurrentUser tess, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var tomorrow = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(18), TimeSpan.Zero);
        Made(await PlanSession.CreateAsync(classId, new(test.TestId, $"{test.Title}, together", tomorrow, OpensBeforeMs: 600_000), tess, source, clock, ct));
    }

    internal static T Made<T>(Outcome<T> outcome) where T : class =>
        outcome.Value ?? throw new InvalidOperationException($"The demo class cannot be made: {outcome.Problem!.Title}");
}
