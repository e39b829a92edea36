using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Tests.Support;

/// <summary>A browser without script: keeps cookies, posts the forms it is given, follows no redirects.</summary>
public sealed partial class Visit(HttpClient client) : IDisposable
{
    public const string Password = "seven small green boats";

    private readonly CookieContainer _cookies = new();

    /// <summary>What the browser wants; null says nothing, as programs do.</summary>
    public string? Accept { get; set; }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Uri Site { get; } = client.BaseAddress!;

    /// <summary>The value of a cookie, or null.</summary>
    public string? Cookie(string name) => _cookies.GetCookies(Site)[name]?.Value;

    public void SetCookie(string name, string value) => _cookies.Add(Site, new Cookie(name, value));

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new(HttpMethod.Get, path));

    public Task<HttpResponseMessage> SendJsonAsync(HttpMethod method, string path, object? body = null) =>
        SendAsync(new(method, path) { Content = body is null ? null : JsonContent.Create(body) });

    /// <summary>Opens a page and posts one of its forms, by the name of the form.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string form, params (string Name, string Value)[] fields)
    {
        string html = await (await GetAsync(page)).Content.ReadAsStringAsync(Ct);
        return await SendAsync(new(HttpMethod.Post, page) { Content = Form(html, form, fields) });
    }

    /// <summary>Signs in by the API and keeps the cookie.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string email, string password = Password) =>
        await SendJsonAsync(HttpMethod.Post, "/api/sessions", new { email, password });

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        var url = new Uri(Site, request.RequestUri!);
        if (_cookies.GetCookieHeader(url) is { Length: > 0 } cookies)
        {
            request.Headers.Add("Cookie", cookies);
        }

        if (Accept is not null)
        {
            request.Headers.Add("Accept", Accept);
        }

        var reply = await client.SendAsync(request, Ct);
        if (reply.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (string cookie in set)
            {
                _cookies.SetCookies(url, cookie);
            }
        }

        return reply;
    }

    public void Dispose() => client.Dispose();

    /// <summary>What a browser sends for a form of this page: the antiforgery token, the form's name and the fields.</summary>
    public static FormUrlEncodedContent Form(string html, string form, params (string Name, string Value)[] fields) => new(
    [
        new("__RequestVerificationToken", WebUtility.HtmlDecode(AntiforgeryToken().Match(html).Groups[1].Value)),
        new("_handler", form),
        .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)),
    ]);

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)")]
    private static partial Regex AntiforgeryToken();
}

public static class VisitApp
{
    extension(TriposApp app)
    {
        /// <summary>A browser nobody is signed in with.</summary>
        public Visit Visit() => new(app.Anonymous());

        /// <summary>A new account with <see cref="Visit.Password"/> and the roles, and a browser signed in with it.</summary>
        public async Task<(Visit Browser, Guid Id, string Email)> ArrivesAsync(params string[] roles)
        {
            string email = $"p{Guid.NewGuid():n}@example.org";
            var id = await app.HasAccountAsync(email, roles);
            var browser = app.Visit();
            (await browser.SignInAsync(email)).EnsureSuccessStatusCode();
            return (browser, id, email);
        }

        /// <summary>Gives somebody an account with <see cref="Visit.Password"/>.</summary>
        public async Task<Guid> HasAccountAsync(string email, params string[] roles)
        {
            using var scope = app.Services.CreateScope();
            var services = scope.ServiceProvider;
            var created = await SignUp.CreateAsync(new(email, "Somebody", Support.Visit.Password), roles, Visitor.CommandLine,
                services.GetRequiredService<UserManager<User>>(), services.GetRequiredService<AppDb>(), Support.Visit.Ct);
            return created.Value!.Id;
        }

        /// <summary>A browser in which one of the cast is signed in, by the real cookie.</summary>
        public async Task<Visit> InBrowserOf(Person person)
        {
            string key = Secret.New();
            await app.Run("INSERT INTO sessions (id, user_id, key_hash, expires_at) VALUES ($1, $2, $3, now() + interval '1 day')", Guid.CreateVersion7(), person.Id, Secret.Hash(key));
            var browser = app.Visit();
            browser.SetCookie(SessionCookie.Name, key);
            return browser;
        }
    }
}
