using System.Reflection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Features.Interchange;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Demo;

/// <summary>Makes the demo school once, in an empty database, from the samples; and says how to sign in while it is there.</summary>
public static class DemoSchool
{
    private const string Folder = "samples/";

    /// <returns>How to sign in as the demo people, or null when there are none.</returns>
    public static async Task<string?> OpenAsync(IServiceProvider services, ListenAddresses addresses, CancellationToken ct)
    {
        var db = services.GetRequiredService<AppDb>();
        bool wanted = services.GetRequiredService<IConfiguration>().GetValue("Tripos:Demo", false);
        bool empty = !await db.Users.AnyAsync(ct);
        if (empty && wanted && !addresses.AreLoopback)
        {
            return "The demo school is left out: its passwords are public, and this server can be reached from elsewhere. Make the first administrator with: bin/tripos user add --role admin";
        }

        if (empty && wanted)
        {
            await MakeAsync(services, db, ct);
        }

        return await DemoPeople.ExistAsync(db, ct) ? SignInText() : null;
    }

    /// <summary>Makes people, tests, a month of history and a class; the same on every installation but for the dates.</summary>
    public static async Task MakeAsync(IServiceProvider services, AppDb db, CancellationToken ct)
    {
        var source = services.GetRequiredService<NpgsqlDataSource>();
        var people = await DemoPeople.CreateAsync(db, services.GetRequiredService<UserManager<User>>(), ct);
        var report = await ImportFiles.RunAsync(SampleFiles(), new(people[DemoPeople.Tess.Email], DryRun: false, new ImportLimits()), source, progress: null, ct);
        if (report.HasFailures)
        {
            throw new InvalidOperationException($"The samples do not import: {report.Total().Skipped[0].Reason}");
        }

        await DemoHistory.MakeAsync(services, people, services.GetRequiredService<TimeProvider>().GetUtcNow(), ct);
        await DemoClass.MakeAsync(services, people, db, ct);
    }

    private static List<ImportSource> SampleFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return FilesBeside.Together(assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => new ImportSource(name[Folder.Length..].Replace('\\', '/'), assembly.GetManifestResourceStream(name)!.Length, () => assembly.GetManifestResourceStream(name)!)));
    }

    private static string SignInText() => $"""

        The demo school is open. Everybody's password is: {DemoPeople.Password}
        {string.Join('\n', DemoPeople.Shown.Select(person => $"  {person.About,-20} {person.Email}"))}
        """;
}
