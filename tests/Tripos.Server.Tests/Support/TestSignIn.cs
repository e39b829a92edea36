using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tripos.Server.Tests.Support;

/// <summary>Believes a header or a cookie that names a person, with the claims the real sign-in issues; without it the server's own scheme decides.</summary>
internal sealed class TestSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, TestSignIn.RealScheme real)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string Header = "X-Test-Person";

    /// <summary>What a browser carries instead, service workers included.</summary>
    public const string Cookie = "test-person";
    private const string Name = "test";

    public static void Add(IServiceCollection services)
    {
        var real = new RealScheme();
        services.AddSingleton(real);
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TestSignIn>(Name, _ => { });
        services.PostConfigure<AuthenticationOptions>(options =>
        {
            real.Name = options.DefaultAuthenticateScheme ?? options.DefaultScheme;
            options.DefaultChallengeScheme ??= options.DefaultScheme ?? Name;
            options.DefaultForbidScheme ??= options.DefaultScheme ?? Name;
            options.DefaultAuthenticateScheme = Name;
        });
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? named = Request.Headers[Header].ToString() is { Length: > 0 } header ? header : Request.Cookies[Cookie];
        if (named is not { Length: > 0 })
        {
            return real.Name is null ? AuthenticateResult.NoResult() : await Context.AuthenticateAsync(real.Name);
        }

        string[] words = named.Split(' ');
        Claim[] claims = [new(ClaimTypes.NameIdentifier, words[0]), .. words.Skip(1).Select(role => new Claim(ClaimTypes.Role, role))];
        return AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity(claims, Name)), Name));
    }

    /// <summary>The scheme the server would use without this one; null for none.</summary>
    internal sealed class RealScheme
    {
        public string? Name { get; set; }
    }
}
