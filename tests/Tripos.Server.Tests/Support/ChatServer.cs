using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tripos.Server.Tests.Support;

/// <summary>What a server was asked, in the chat protocol.</summary>
/// <param name="Task">What the question says as JSON: task, rubric, answer.</param>
public sealed record ChatAsked(string? Key, string Instructions, JsonNode Task, JsonNode Body)
{
    public string Answer => Task["answer"]!.GetValue<string>();

    public IEnumerable<(string Name, double Max)> Rubric => Task["rubric"]!.AsArray().Select(trait => (trait!["name"]!.GetValue<string>(), trait["max"]!.GetValue<double>()));
}

/// <param name="Content">What the model says; ignored where the status is not 200.</param>
public sealed record ChatReply(string Content, int Status = 200, int? RetryAfterSeconds = null);

/// <summary>A real HTTP server that speaks the chat protocol and says what a test tells it to.</summary>
public sealed class ChatServer : IAsyncDisposable
{
    public const string Key = "sk-test-4711";

    private readonly WebApplication _app;

    private ChatServer(WebApplication app) => _app = app;

    public Uri Address => new($"{_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/v1");

    /// <summary>What it was asked, in order.</summary>
    public ConcurrentQueue<ChatAsked> Asked { get; } = [];

    /// <summary>What it says; an honest judge by default.</summary>
    public Func<ChatAsked, CancellationToken, Task<ChatReply>> Says { get; set; } = (asked, _) => Task.FromResult(Honest(asked));

    public static async Task<ChatServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        ChatServer server = new(app);
        app.MapPost("/v1/chat/completions", server.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Two thirds of each trait's points, resting on the first words of the answer.</summary>
    public static ChatReply Honest(ChatAsked asked) => Verdict(asked, share: 2.0 / 3, quote: FirstWords(asked.Answer));

    /// <summary>Says nothing until whoever asked has hung up, or is dead.</summary>
    public static Task<ChatReply> Silence(CancellationToken gone) => new TaskCompletionSource<ChatReply>().Task.WaitAsync(gone);

    /// <summary>A verdict with the same share of points for every trait.</summary>
    public static ChatReply Verdict(ChatAsked asked, double share, string quote) => new(new JsonObject
    {
        ["traits"] = new JsonArray([.. asked.Rubric.Select(trait => new JsonObject
        {
            ["name"] = trait.Name, ["score"] = Math.Round(trait.Max * share * 2) / 2, ["why"] = $"Reasons for {trait.Name}.", ["quotes"] = new JsonArray(quote),
        })]),
        ["summary"] = "A fair answer. It could say more.",
        ["suggestions"] = new JsonArray(new JsonObject { ["trait"] = asked.Rubric.First().Name, ["text"] = "Say why.", ["quote"] = quote }),
    }.ToJsonString());

    public static string FirstWords(string answer) => string.Join(' ', answer.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Take(4));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!;
        string Of(string role) => body["messages"]!.AsArray().First(message => message!["role"]!.GetValue<string>() == role)!["content"] switch
        {
            JsonArray parts => string.Concat(parts.Select(part => part!["text"]!.GetValue<string>())),
            var text => text!.GetValue<string>(),
        };
        ChatAsked asked = new(http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal), Of("system"), JsonNode.Parse(Of("user"))!, body);
        Asked.Enqueue(asked);
        var reply = await Says(asked, http.RequestAborted);
        http.Response.StatusCode = reply.Status;
        if (reply.RetryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = $"{seconds}";
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(reply.Status == 200 ? Completion(reply.Content) : JsonSerializer.Serialize(new { error = new { message = $"No, not with {Key}", type = "error", code = "no" } }), http.RequestAborted);
    }

    private static string Completion(string content) => JsonSerializer.Serialize(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1_760_000_000,
        model = "recorded-1",
        choices = new[] { new { index = 0, message = new { role = "assistant", content }, finish_reason = "stop" } },
        usage = new { prompt_tokens = 900, completion_tokens = 300, total_tokens = 1200 },
    });
}

/// <summary>A server with a model to ask. Its prices: 2 a million tokens in, 10 out.</summary>
public class TriposWithModel : TriposApp
{
    public ChatServer Model { get; private set; } = null!;

    protected override async ValueTask BeforeStartAsync() => Model = await ChatServer.StartAsync();

    protected override IEnumerable<(string Key, string Value)> Settings =>
    [
        ("Tripos:Model:Endpoint", $"{Model.Address}"), ("Tripos:Model:Key", ChatServer.Key), ("Tripos:Model:Name", "recorded-1"), ("Tripos:Model:TimeoutSeconds", "2"),
        ("Tripos:Model:InputPricePerMillion", "2"), ("Tripos:Model:OutputPricePerMillion", "10"),
    ];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Model.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
