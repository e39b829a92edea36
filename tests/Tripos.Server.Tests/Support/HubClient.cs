using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Tripos.Server.Tests.Support;

/// <summary>A SignalR client over one WebSocket, as much of the protocol as a test needs: calls with results, and the messages that are pushed.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private const char End = '\u001e';
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebSocket _socket;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _calls = new();
    private readonly ConcurrentDictionary<string, Channel<JsonElement>> _pushed = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _reading;
    private int _calledSoFar;

    private HubClient(WebSocket socket)
    {
        _socket = socket;
        _reading = Task.Run(ReadAsync);
    }

    public static async Task<HubClient> OverAsync(WebSocket socket)
    {
        var client = new HubClient(socket);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        return client;
    }

    /// <summary>The result of a hub method.</summary>
    /// <exception cref="HubRefusedException">The hub refused; its message is the code of a problem.</exception>
    public async Task<JsonElement> CallAsync(string method, params object?[] arguments)
    {
        string id = $"{Interlocked.Increment(ref _calledSoFar)}";
        var answer = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(JsonSerializer.Serialize(new { type = 1, invocationId = id, target = method, arguments }, JsonSerializerOptions.Web));
        return await answer.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    /// <summary>The next message of a name that says so; earlier ones are passed over.</summary>
    public async Task<JsonElement> NextAsync(string name, Func<JsonElement, bool>? says = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            var message = await Pushed(name).Reader.ReadAsync(patience.Token);
            if (says is null || says(message))
            {
                return message;
            }
        }
    }

    /// <summary>As a network that breaks: no goodbye.</summary>
    public void Break() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _closing.Dispose();
    }

    private Channel<JsonElement> Pushed(string name) => _pushed.GetOrAdd(name, _ => Channel.CreateUnbounded<JsonElement>());

    private Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        StringBuilder text = new();
        try
        {
            while (_socket.State == WebSocketState.Open)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), _closing.Token);
                text.Append(Encoding.UTF8.GetString(buffer.AsSpan(0, part.Count)));
                string[] records = text.ToString().Split(End);
                text.Clear().Append(records[^1]);
                foreach (string record in records[..^1])
                {
                    Hear(JsonSerializer.Deserialize<JsonElement>(record));
                }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            // The connection ended.
        }

        foreach (var call in _calls.Values)
        {
            call.TrySetException(new IOException("The connection ended before the answer came."));
        }
    }

    private void Hear(JsonElement message)
    {
        int type = message.TryGetProperty("type", out var given) ? given.GetInt32() : 0;
        if (type == 1)
        {
            Pushed(message.GetProperty("target").GetString()!).Writer.TryWrite(message.GetProperty("arguments")[0].Clone());
        }
        else if (type == 3 && _calls.TryRemove(message.GetProperty("invocationId").GetString()!, out var call))
        {
            _ = message.TryGetProperty("error", out var error) ? call.TrySetException(new HubRefusedException(error.GetString()!.Split("HubException: ")[^1]))
                : call.TrySetResult(message.TryGetProperty("result", out var result) ? result.Clone() : default);
        }
    }
}

/// <summary>The hub refused a call.</summary>
public sealed class HubRefusedException(string message) : Exception(message);
