using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tripos.Browser.Tests.Support;

/// <summary>One address in front of several servers, as a load balancer: each connection goes to the next server that answers, and any of them can be broken at any time.</summary>
public sealed class TcpGate : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<int, (TcpClient From, TcpClient To)> _open = new();
    private readonly IReadOnlyList<Uri> _servers;
    private readonly Task _accepting;
    private int _accepted;

    public TcpGate(params IReadOnlyList<Uri> servers)
    {
        _servers = servers;
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Open => _open.Count;

    /// <summary>Breaks every connection the dice choose, without a goodbye.</summary>
    public int Break(Func<bool> chosen)
    {
        int broken = 0;
        foreach (var (id, (from, to)) in _open)
        {
            if (chosen() && _open.TryRemove(id, out _))
            {
                from.Client.LingerState = new LingerOption(true, 0); // a reset, as from a router that has forgotten it
                from.Close();
                to.Close();
                broken++;
            }
        }

        return broken;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Break(() => true);
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => CarryAsync(client));
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The gate is closed.
        }
    }

    private async Task CarryAsync(TcpClient from)
    {
        int id = Interlocked.Increment(ref _accepted);
        using (from)
        {
            if (await ConnectAsync(id) is not { } to)
            {
                return; // nobody answers; the caller sees a closed connection
            }

            using (to)
            {
                _open[id] = (from, to);
                from.NoDelay = to.NoDelay = true;
                await Task.WhenAny(PumpAsync(from, to), PumpAsync(to, from));
                _open.TryRemove(id, out _);
            }
        }
    }

    private async Task<TcpClient?> ConnectAsync(int first)
    {
        for (int i = 0; i < _servers.Count; i++)
        {
            TcpClient to = new();
            try
            {
                var server = _servers[(first + i) % _servers.Count];
                await to.ConnectAsync(server.Host, server.Port);
                return to;
            }
            catch (SocketException)
            {
                to.Dispose();
            }
        }

        return null;
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two is gone; so is the other.
        }
    }
}
