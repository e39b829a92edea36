using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Jobs;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>Accounts: who people are, what proves it and what they may do.</summary>
public static class AccountsFeature
{
    /// <summary>What OWASP recommends for PBKDF2 with SHA-512. Accounts:PasswordIterations changes it, for tests that sign in often.</summary>
    private const int PasswordIterations = 210_000;

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        AddPeople(services);
        AddSignIn(services);
        AddPolicies(services);
        services.AddRateLimiter(options => options.AddPolicy(AttemptLimit.Policy, AttemptLimit.For).OnRejected = AttemptLimit.RefuseAsync);
        services.AddSingleton(new StartStep(AccountHousekeeping.StartAsync));
        return services.AddSchedule("accounts-housekeeping", TimeSpan.FromDays(1), AccountHousekeeping.RunAsync);
    }

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        SessionEndpoints.Map(app);
        TokenEndpoints.Map(app);
        MeEndpoints.Map(app);
    }

    private static void AddPeople(IServiceCollection services)
    {
        services.AddScoped<IUserStore<User>, UserStore>();
        services.AddScoped<IPasswordValidator<User>, PasswordRules>();
        services.AddOptions<PasswordHasherOptions>().Configure<IConfiguration>((options, configuration) =>
            options.IterationCount = configuration.GetValue("Accounts:PasswordIterations", PasswordIterations));
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = ResetPassword.LinkLifetime);
        services.AddIdentityCore<User>(options =>
        {
            options.User.RequireUniqueEmail = true;
            options.User.AllowedUserNameCharacters = ""; // the address is the name; its form is checked where it is entered
        }).AddTokenProvider<DataProtectorTokenProvider<User>>(TokenOptions.DefaultProvider);
    }

    private static void AddSignIn(IServiceCollection services)
    {
        services.AddSingleton<Credentials>();
        services.AddLogging(log => log.AddFilter(typeof(CredentialHandler).FullName, LogLevel.Warning)); // a request without a cookie is no news
        services.AddHostedService<CredentialListener>();
        services.AddSingleton<IAuthorizationHandler, ReadOnlyTokens>();
        services.AddAuthentication(CredentialHandler.Scheme).AddScheme<AuthenticationSchemeOptions, CredentialHandler>(CredentialHandler.Scheme, null);
    }

    private static void AddPolicies(IServiceCollection services) =>
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.SignedIn, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.InBrowser, policy => policy.RequireClaim(ClaimNames.Session))
            .AddPolicy(Policies.Authors, policy => policy.RequireRole(Roles.Author, Roles.Teacher, Roles.Admin))
            .AddPolicy(Policies.Teachers, policy => policy.RequireRole(Roles.Teacher, Roles.Admin))
            .AddPolicy(Policies.Moderators, policy => policy.RequireRole(Roles.Moderator, Roles.Admin))
            .AddPolicy(Policies.Curators, policy => policy.RequireRole(Roles.Author, Roles.Teacher, Roles.Moderator, Roles.Admin))
            .AddPolicy(Policies.Admins, policy => policy.RequireRole(Roles.Admin));
}
