using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Rules;

/// <summary>Somebody else's row does not exist: on every endpoint with an id in its route.</summary>
public sealed class StrangerTests(TriposApp app) : IClassFixture<TriposApp>
{
    public static TheoryData<Door> EveryDoor => new(Doors.All);

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task A_door_opens_for_its_owner_and_for_nobody_else(Door door)
    {
        string url = await door.UrlAsync(app);
        using var stranger = await app.InBrowserOf(Otto);
        using var nobody = app.Visit();
        using var owner = await app.InBrowserOf(door.Owner);

        var strangers = await KnockAsync(door, url, stranger, tokenFrom: "/settings");
        var nobodys = await KnockAsync(door, url, nobody, tokenFrom: "/sign-in");
        var owners = await KnockAsync(door, url, owner, tokenFrom: "/settings"); // last, because it may take the thing away

        Assert.Equal(door.Stranger, (int)strangers.StatusCode);
        Assert.Equal(url.StartsWith("/api/", StringComparison.Ordinal) ? HttpStatusCode.Unauthorized : HttpStatusCode.Redirect, nobodys.StatusCode);
        Assert.DoesNotContain(owners.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.InternalServerError });
    }

    [Fact]
    public async Task In_a_browser_a_strangers_page_is_a_page_that_says_there_is_nothing()
    {
        var door = Doors.All.First(d => d.Method == "GET" && d.Template == "/teams/{TeamId:guid}");
        using var stranger = await app.InBrowserOf(Otto);
        stranger.Accept = "text/html";

        var reply = await KnockAsync(door, await door.UrlAsync(app), stranger, tokenFrom: "/settings");

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Contains("<h1", await reply.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_endpoint_with_an_id_in_its_route_has_a_door()
    {
        var missing =
            from endpoint in Endpoints
            where endpoint.RoutePattern.Parameters.Count > 0
            from method in MethodsOf(endpoint)
            let name = $"{method} {TemplateOf(endpoint)}"
            where !Doors.ForEverybody.ContainsKey(name) && !Doors.All.Any(door => $"{door.Method} {door.Template}" == name)
            select name;

        Assert.Empty(missing.Distinct());
    }

    [Fact]
    public void Every_door_leads_to_an_endpoint()
    {
        var known = Endpoints.SelectMany(endpoint => MethodsOf(endpoint, withForms: true).Select(method => $"{method} {TemplateOf(endpoint)}")).ToHashSet();

        Assert.Empty(Doors.All.Select(door => $"{door.Method} {door.Template}").Concat(Doors.ForEverybody.Keys).Except(known));
    }

    [Fact]
    public void Every_endpoint_says_who_may_use_it()
    {
        var silent = Endpoints.Where(e => !Doors.ForEverybody.ContainsKey($"GET {TemplateOf(e)}") && e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null);

        Assert.Empty(silent.Select(TemplateOf));
    }

    private IEnumerable<RouteEndpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static string TemplateOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    /// <summary>A page takes posts whether it has a form or not; the forms it has are rows of their own, which nobody can list for us.</summary>
    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint, bool withForms = false)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        return methods.Contains("GET") && !withForms ? ["GET"] : methods;
    }

    private static async Task<HttpResponseMessage> KnockAsync(Door door, string url, Visit who, string tokenFrom)
    {
        HttpRequestMessage request = new(new HttpMethod(door.Method), url);
        if (door.Json is not null)
        {
            request.Content = JsonContent.Create(door.Json);
        }
        else if (door.Bytes is { } bytes)
        {
            request.Content = Speaking.Chunk(bytes);
        }
        else if (door.Form is { } form)
        {
            string page = await (await who.GetAsync(tokenFrom)).Content.ReadAsStringAsync(Ct);
            request.Content = Form(page, form.Name, form.Fields);
        }

        return await who.SendAsync(request);
    }
}
