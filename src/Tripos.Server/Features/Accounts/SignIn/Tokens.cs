using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>Makes and revokes personal API tokens.</summary>
public static class Tokens
{
    public const int DefaultDays = 90;

    public sealed record Request([Required, MaxLength(80)] string Name, TokenScope Scope = TokenScope.Read, int Days = DefaultDays);

    public sealed record Listed(Guid Id, string Name, TokenScope Scope, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset ExpiresAt);

    /// <param name="Token">Shown this once; the server keeps only its hash.</param>
    public sealed record Created(Guid Id, string Name, TokenScope Scope, DateTimeOffset ExpiresAt, string Token);

    public static async Task<Outcome<Created>> CreateAsync(Request request, CurrentUser user, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        var errors = Check(request).ToList();
        if (errors.Count > 0)
        {
            return AccountProblems.Invalid(errors);
        }

        var now = clock.GetUtcNow();
        string secret = Secret.New(Secret.TokenPrefix);
        ApiToken token = new()
        {
            UserId = user.Id,
            Name = request.Name.Trim(),
            SecretHash = Secret.Hash(secret),
            Scope = request.Scope,
            CreatedAt = now,
            ExpiresAt = now.AddDays(request.Days),
        };
        db.Add(token);
        db.Log(ActivityAction.TokenCreated, user.Id, visitor, null, ("name", token.Name), ("scope", AppDb.SnakeCase(token.Scope.ToString())));
        await db.SaveChangesAsync(ct);
        return new Created(token.Id, token.Name, token.Scope, token.ExpiresAt, secret);
    }

    public static async Task<Outcome<Done>> RevokeAsync(Guid id, CurrentUser user, Visitor visitor, AppDb db, Credentials credentials, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var token = db.ApiTokens.Of(user.Id).Where(t => t.Id == id);
        string? name = await token.Select(t => t.Name).SingleOrDefaultAsync(ct);
        if (name is null || await token.ExecuteDeleteAsync(ct) == 0)
        {
            return AccountProblems.NotFound;
        }

        db.Log(ActivityAction.TokenRevoked, user.Id, visitor, null, ("name", name));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        credentials.Forget(user.Id);
        return Done.Instance;
    }

    public static Task<List<Listed>> ListAsync(CurrentUser user, AppDb db, CancellationToken ct) =>
        db.ApiTokens.Of(user.Id).OrderByDescending(t => t.CreatedAt)
            .Select(t => new Listed(t.Id, t.Name, t.Scope, t.CreatedAt, t.LastUsedAt, t.ExpiresAt)).ToListAsync(ct);

    private static IEnumerable<(string Field, string Message)> Check(Request request)
    {
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 80)
        {
            yield return ("name", "Give the token a name of up to 80 characters");
        }

        if (request.Days is < 1 or > ApiToken.LongestDays)
        {
            yield return ("days", $"Choose between 1 and {ApiToken.LongestDays} days");
        }
    }
}
