using System.Runtime.InteropServices;

namespace Tripos.Measurement.Prediction;

/// <summary>Arrays of plain values as bytes, little-endian, each after its length.</summary>
internal static class Binary
{
    private const int Chunk = 1 << 16;

    public static void Write<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    public static T[] Read<T>(BinaryReader reader)
        where T : unmanaged
    {
        int length = reader.ReadInt32();
        if (length < 0)
        {
            throw Damaged();
        }

        // In chunks: a damaged length must not ask for gigabytes before the end of the stream is noticed.
        var values = new T[Math.Min(length, Chunk)];
        for (int read = 0; read < length; read = Math.Min(length, read + Chunk))
        {
            Array.Resize(ref values, Math.Min(length, Math.Max(values.Length, (read + Chunk) * 2)));
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(read, Math.Min(Chunk, length - read))));
        }

        Array.Resize(ref values, length);
        return values;
    }

    public static InvalidDataException Damaged() => new("The saved data is damaged. Rebuild it from the answers.");
}
