using System.Runtime.InteropServices;

namespace Tripos.Measurement.Prediction;

/// <summary>A saved predictor: a mark, the version and the size, then its parts, then the mark again.</summary>
internal static class PredictorFile
{
    private const uint Mark = 0x50535254; // "TRSP"
    private const byte Version = 1;

    public static void Save(Stream stream, PredictorSettings settings, Population population, ContextTable contexts, Blend blend)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        writer.Write(Version);
        writer.Write((byte)settings.TableBits);
        population.Save(writer);
        Binary.Write<ContextTable.Place>(writer, contexts.Places);
        blend.Save(writer);
        writer.Write(Mark);
    }

    public static SuccessPredictor Load(Stream stream, Func<BinaryReader, PredictorSettings, SuccessPredictor> parts)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            var predictor = parts(reader, Head(reader));
            return reader.ReadUInt32() == Mark ? predictor : throw Binary.Damaged();
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("The saved predictor is cut short. Rebuild it from the answers.");
        }
    }

    public static void ReadPlaces(BinaryReader reader, ContextTable contexts)
    {
        if (reader.ReadInt32() != contexts.Places.Length)
        {
            throw Binary.Damaged();
        }

        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(contexts.Places));
    }

    private static PredictorSettings Head(BinaryReader reader)
    {
        if (reader.ReadUInt32() != Mark)
        {
            throw new InvalidDataException("This is not a saved predictor.");
        }

        byte version = reader.ReadByte();
        if (version != Version)
        {
            throw new InvalidDataException($"This predictor was saved in format {version}; this program reads format {Version}. Rebuild it from the answers.");
        }

        int bits = reader.ReadByte();
        return bits is >= PredictorSettings.MinTableBits and <= PredictorSettings.MaxTableBits ? new PredictorSettings { TableBits = bits } : throw Binary.Damaged();
    }
}
