using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Cli;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>user add, list, role, reset-password.</summary>
internal static class UserCommands
{
    private static readonly Option<string> Email = new("--email") { Description = "The e-mail address of the account.", Required = true };
    private static readonly Option<string> Name = new("--name") { Description = "The name others see.", Required = true };
    private static readonly Option<string[]> Role = new("--role") { Description = $"One of {string.Join(", ", Roles.All)}; may be repeated.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<bool> FromInput = new("--password-stdin") { Description = "Read the password from standard input; otherwise one is made and printed." };
    private static readonly Option<string?> Search = new("--search") { Description = "Only people whose name or address starts like this." };

    public static Command Create() => new("user", "Look after people's accounts.")
    {
        Verb("add", "Make an account.", AddAsync, Email, Name, Role, FromInput),
        Verb("list", "List the accounts.", ListAsync, Search),
        Verb("role", "Set the roles of an account; without --role it only learns.", SetRolesAsync, Email, Role),
        Verb("reset-password", "Give an account a new password and end its sessions.", ResetPasswordAsync, Email, FromInput),
    };

    private static Command Verb(string name, string description, Func<ParseResult, IServiceProvider, CancellationToken, Task<Problem?>> run, params Option[] options)
    {
        var command = new Command(name, description);
        Array.ForEach(options, command.Options.Add);
        command.SetAction((arguments, stop) => TriposCli.WithServicesAsync(arguments, async (services, ct) =>
        {
            await new Migrator(services.GetRequiredService<NpgsqlDataSource>()).MigrateAsync(ct); // the first administrator may come before the first start
            return await run(arguments, services, ct) is { } problem ? await FailAsync(problem) : 0;
        }, stop));
        return command;
    }

    private static async Task<Problem?> AddAsync(ParseResult arguments, IServiceProvider services, CancellationToken ct)
    {
        string[] roles = arguments.GetValue(Role) ?? [];
        if (roles.Except(Roles.All).FirstOrDefault() is { } unknown)
        {
            return AccountProblems.UnknownRole(unknown);
        }

        var (password, isMade) = await PasswordAsync(arguments, ct);
        SignUp.Request request = new(arguments.GetValue(Email)!, arguments.GetValue(Name)!, password);
        var created = await SignUp.CreateAsync(request, roles, Visitor.CommandLine, Users(services), Db(services), ct);
        return created.Problem ?? Tell($"Made the account {created.Value!.Email}.", password, isMade);
    }

    private static async Task<Problem?> ListAsync(ParseResult arguments, IServiceProvider services, CancellationToken ct)
    {
        string? after = null;
        do
        {
            var page = await PeopleList.ReadAsync(arguments.GetValue(Search), after, Db(services), services.GetRequiredService<TimeProvider>(), ct);
            foreach (var person in page.Rows)
            {
                string state = person.DisabledAt is not null ? "disabled" : person.LockedUntil is not null ? "locked" : "enabled";
                Console.WriteLine($"{person.Email}\t{person.Name}\t{string.Join(',', person.Roles.Prepend(Roles.Learner))}\t{state}{(person.IsDemo ? "\tdemo" : "")}");
            }

            after = page.Next;
        }
        while (after is not null);
        return null;
    }

    private static async Task<Problem?> SetRolesAsync(ParseResult arguments, IServiceProvider services, CancellationToken ct)
    {
        if (await FindAsync(arguments, services, ct) is not { } user)
        {
            return AccountProblems.NotFound;
        }

        var set = await ManagePerson.SetRolesAsync(user.Id, arguments.GetValue(Role) ?? [], null, Visitor.CommandLine, Db(services), services.GetRequiredService<Credentials>(), ct);
        return set.Problem ?? Tell($"Set the roles of {user.Email}.");
    }

    private static async Task<Problem?> ResetPasswordAsync(ParseResult arguments, IServiceProvider services, CancellationToken ct)
    {
        if (await FindAsync(arguments, services, ct) is not { } user)
        {
            return AccountProblems.NotFound;
        }

        var (password, isMade) = await PasswordAsync(arguments, ct);
        ResetPassword.Request request = new(user.Id, await ResetPassword.CodeAsync(user, Users(services)), password);
        var reset = await ResetPassword.RunAsync(request, Visitor.CommandLine, Users(services), Db(services), services.GetRequiredService<Credentials>(), ct);
        return reset.Problem ?? Tell($"Set the password of {user.Email} and ended its sessions.", password, isMade);
    }

    private static Task<User?> FindAsync(ParseResult arguments, IServiceProvider services, CancellationToken ct)
    {
        string normalized = User.Normalize(arguments.GetValue(Email)!);
        return Db(services).Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == normalized, ct);
    }

    private static async Task<(string Password, bool IsMade)> PasswordAsync(ParseResult arguments, CancellationToken ct) =>
        arguments.GetValue(FromInput) ? (await Console.In.ReadLineAsync(ct) ?? "", false) : (Secret.New()[..20], true);

    private static Problem? Tell(string done, string? password = null, bool isMade = false)
    {
        Console.WriteLine(done);
        if (isMade)
        {
            Console.WriteLine($"Password: {password}\nChange it in the settings after signing in; it is not shown again.");
        }

        return null;
    }

    private static async Task<int> FailAsync(Problem problem)
    {
        string faults = problem.Facts?.GetValueOrDefault("errors") is Dictionary<string, string[]> errors ? string.Join(". ", errors.SelectMany(e => e.Value)) : problem.Detail ?? "";
        await Console.Error.WriteLineAsync($"{problem.Title}. {faults}".TrimEnd());
        return 1;
    }

    private static AppDb Db(IServiceProvider services) => services.GetRequiredService<AppDb>();

    private static UserManager<User> Users(IServiceProvider services) => services.GetRequiredService<UserManager<User>>();
}
