using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Accounts;

/// <summary>Where ASP.NET Core Identity keeps people: the users table, in which the e-mail address is the user name.</summary>
internal sealed class UserStore(AppDb db) : UserOnlyStore<User, AppDb, Guid>(db)
{
    public override Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken = default) =>
        FindByEmailAsync(normalizedUserName, cancellationToken);
}
