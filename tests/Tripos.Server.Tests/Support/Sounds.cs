using System.Buffers.Binary;
using System.Text;

namespace Tripos.Server.Tests.Support;

/// <summary>Sounds and pictures made byte by byte, small and different when asked to be.</summary>
public static class Sounds
{
    /// <summary>A WAV file: 8 kHz, 8 bits, one channel; the tone tells one beep from another.</summary>
    public static byte[] Beep(int ms = 1000, int tone = 440)
    {
        int samples = ms * 8;
        byte[] wav = new byte[44 + samples];
        Encoding.ASCII.GetBytes("RIFF....WAVEfmt ").CopyTo(wav, 0);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), 8000);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), 8000);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 8);
        Encoding.ASCII.GetBytes("data").CopyTo(wav, 36);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), samples);
        for (int i = 0; i < samples; i++)
        {
            wav[44 + i] = (byte)(128 + 100 * Math.Sin(i * tone * Math.Tau / 8000));
        }

        return wav;
    }

    /// <summary>A drawing; the word in it tells one from another.</summary>
    public static byte[] Drawing(string word) =>
        Encoding.UTF8.GetBytes($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><text x="2" y="15">{word}</text></svg>""");
}
