using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tripos.Bench;

/// <summary>A keep-alive HTTP/1.1 connection that does as little as possible, so that the load costs less than the server.</summary>
public sealed class HttpConnection : IDisposable
{
    private static readonly byte[] HeaderEnd = "\r\n\r\n"u8.ToArray();
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 * 1024];

    public async Task OpenAsync(int port) => await _socket.ConnectAsync(IPAddress.Loopback, port);

    /// <summary>Sends a whole request and reads the whole response.</summary>
    /// <returns>The status code and the body (valid until the next call).</returns>
    public async ValueTask<(int Status, ReadOnlyMemory<byte> Body, string Headers)> SendAsync(ReadOnlyMemory<byte> request, bool wantHeaders = false)
    {
        for (var rest = request; rest.Length > 0;)
        {
            rest = rest[await _socket.SendAsync(rest)..];
        }

        int have = 0, headerEnd;
        while ((headerEnd = _buffer.AsSpan(0, have).IndexOf(HeaderEnd)) < 0)
        {
            have += await ReceiveAsync(have);
        }

        int status = ((_buffer[9] - '0') * 100) + ((_buffer[10] - '0') * 10) + _buffer[11] - '0';
        string headers = wantHeaders ? Encoding.ASCII.GetString(_buffer, 0, headerEnd) : "";
        int bodyStart = headerEnd + 4;
        if (ContentLength(_buffer.AsSpan(0, headerEnd)) is { } length)
        {
            while (have < bodyStart + length)
            {
                have += await ReceiveAsync(have);
            }

            return (status, _buffer.AsMemory(bodyStart, length), headers);
        }

        return status is 204 or 304 ? (status, default, headers) : (status, await ReadChunksAsync(bodyStart, have), headers);
    }

    /// <summary>Joins the chunks in place: size in hex, line, data, line, until a chunk of size 0.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> ReadChunksAsync(int bodyStart, int have)
    {
        int at = bodyStart, bodyEnd = bodyStart;
        while (true)
        {
            int lineEnd;
            while ((lineEnd = _buffer.AsSpan(at, have - at).IndexOf("\r\n"u8)) < 0)
            {
                have += await ReceiveAsync(have);
            }

            if (!System.Buffers.Text.Utf8Parser.TryParse(_buffer.AsSpan(at, lineEnd), out int size, out _, 'x'))
            {
                throw new IOException("The response is not chunked as it says.");
            }

            at += lineEnd + 2;
            while (have < at + size + 2)
            {
                have += await ReceiveAsync(have);
            }

            if (size == 0)
            {
                return _buffer.AsMemory(bodyStart, bodyEnd - bodyStart);
            }

            _buffer.AsSpan(at, size).CopyTo(_buffer.AsSpan(bodyEnd));
            bodyEnd += size;
            at += size + 2;
        }
    }

    public void Dispose() => _socket.Dispose();

    public static byte[] Request(string method, string path, string cookie, string? json = null, string? type = "application/json")
    {
        byte[] body = json is null ? [] : Encoding.UTF8.GetBytes(json);
        string head = $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n{(json is null ? "" : $"Content-Type: {type}\r\n")}Content-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    private async ValueTask<int> ReceiveAsync(int have)
    {
        if (have == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int count = await _socket.ReceiveAsync(_buffer.AsMemory(have));
        return count > 0 ? count : throw new IOException("The server closed the connection.");
    }

    private static int? ContentLength(ReadOnlySpan<byte> headers)
    {
        int at = headers.IndexOf("Content-Length: "u8);
        return at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(headers[(at + 16)..], out int length, out _) ? length : null;
    }
}
