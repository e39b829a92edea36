using System.Globalization;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Tests.Support;

namespace Tripos.Browser.Tests.Support;

/// <summary>A learner's page without a browser: attends at the hub, answers ten times a second, and sends again what was not acknowledged, as the player does.</summary>
public sealed class BusyLearner(Uri address, Person learner, string key, Guid session, Guid attempt, int questions) : IAsyncDisposable
{
    private const int MostTries = 2000; // one server of the fleet is always there, so the next try or the one after it gets through

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(3) }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
    private readonly Dictionary<int, (int Sequence, string Option)> _acknowledged = [];
    private HubClient? _hub;

    public Person Learner => learner;

    public Guid Attempt => attempt;

    /// <summary>By position: what the server said is saved.</summary>
    public IReadOnlyDictionary<int, (int Sequence, string Option)> Acknowledged => _acknowledged;

    public int SentAgain { get; private set; }

    public int Attended { get; private set; }

    /// <summary>Until told to stop; ends with every change acknowledged.</summary>
    public async Task WorkAsync(int seed, CancellationToken stop)
    {
        Random dice = new(seed);
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(100)); // the load that is offered; nothing waits for it
        for (int n = 0; !stop.IsCancellationRequested && await pace.WaitForNextTickAsync(CancellationToken.None); n++)
        {
            if (n % 5 == 0)
            {
                await AttendAsync();
            }

            int position = dice.Next(1, questions + 1);
            await AnswerAsync(position, "abcd"[dice.Next(4)].ToString(CultureInfo.InvariantCulture));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_hub?.DisposeAsync() ?? ValueTask.CompletedTask);
        _http.Dispose();
    }

    private async Task AnswerAsync(int position, string option)
    {
        int sequence = _acknowledged.GetValueOrDefault(position).Sequence + 1;
        for (int tries = 0; tries < MostTries; tries++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/attempts/{attempt}/answers/{position}")
                {
                    Content = JsonContent.Create(new { response = new { chosen = new[] { option } }, sequence, basedOn = sequence - 1, device = "fleet", answeredAt = DateTimeOffset.UtcNow }),
                };
                request.Headers.Add("Cookie", $"{SessionCookie.Name}={key}");
                using var reply = await _http.SendAsync(request, CancellationToken.None);
                if (reply.IsSuccessStatusCode)
                {
                    _acknowledged[position] = (sequence, option);
                    return;
                }

                Assert.True((int)reply.StatusCode >= 500, $"An answer was refused: {(int)reply.StatusCode} {await reply.Content.ReadAsStringAsync(CancellationToken.None)}");
            }
            catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
            {
                // The server or the way to it is gone: the same change goes again.
            }

            SentAgain++;
        }

        Assert.Fail($"An answer was not acknowledged in {MostTries} tries.");
    }

    private async Task AttendAsync()
    {
        try
        {
            await (_hub?.CallAsync("Beat", new { position = 1 }) ?? throw new IOException("Not connected yet."));
        }
        catch (Exception lost) when (lost is IOException or WebSocketException or TimeoutException or ObjectDisposedException or InvalidOperationException)
        {
            await ReconnectAsync();
        }
    }

    private async Task ReconnectAsync()
    {
        await (_hub?.DisposeAsync() ?? ValueTask.CompletedTask);
        _hub = null;
        try
        {
            ClientWebSocket socket = new();
            socket.Options.SetRequestHeader("Cookie", $"{SessionCookie.Name}={key}");
            await socket.ConnectAsync(new Uri($"ws://{address.Authority}/api/live/hub"), CancellationToken.None);
            _hub = await HubClient.OverAsync(socket);
            await _hub.CallAsync("Attend", session);
            Attended++;
        }
        catch (Exception lost) when (lost is IOException or WebSocketException or TimeoutException)
        {
            // Tried again with the next answers.
        }
    }
}
