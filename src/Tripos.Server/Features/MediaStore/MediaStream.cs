using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.MediaStore;

/// <summary>Stored content as a stream that can be read from anywhere, a piece at a time; between pieces it holds no connection, however slow the reader is.</summary>
public sealed class MediaStream(NpgsqlDataSource source, byte[] sha256, long length) : Stream
{
    private long _position;
    private long _pieceNumber = -1;
    private byte[] _piece = [];

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= length)
        {
            return 0;
        }

        await LoadAsync(_position / MediaContent.ChunkBytes, cancellationToken);
        int offset = (int)(_position % MediaContent.ChunkBytes);
        int count = Math.Min(buffer.Length, _piece.Length - offset);
        _piece.AsMemory(offset, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => length };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task LoadAsync(long number, CancellationToken ct)
    {
        if (number != _pieceNumber)
        {
            var found = await source.QueryAsync("SELECT bytes FROM media_chunks WHERE sha256 = $1 AND number = $2", row => row.GetFieldValue<byte[]>(0), ct, sha256, (int)number);
            _piece = found is [var bytes] ? bytes : throw new IOException("The content was removed while it was read.");
            _pieceNumber = number;
        }
    }
}
