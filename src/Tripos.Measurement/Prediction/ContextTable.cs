using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tripos.Measurement.Prediction;

/// <summary>
/// For each context a hashed table from situations ("this item after that one was wrong") to the offset of the log odds seen in them. A situation has two places to be in; when both
/// are taken, the one with fewer answers gives way.
/// </summary>
/// <param name="contexts">Kinds of situations.</param>
/// <param name="bits">Each kind has 2 to this power places.</param>
internal sealed class ContextTable(int contexts, int bits)
{
    private readonly Place[] _places = new Place[contexts << bits];

    [StructLayout(LayoutKind.Sequential, Pack = 2)]
    public struct Place
    {
        public float Offset;
        public ushort Answers;
        public ushort Check; // part of the hash; 0: nobody was here
    }

    public Span<Place> Places => _places;

    /// <summary>Where a situation is, or would be; reads only.</summary>
    /// <param name="context">Which table.</param>
    /// <param name="hash">The situation.</param>
    /// <param name="offset">The offset seen in it, 0 when it is new.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int context, ulong hash, out float offset)
    {
        int place = (context << bits) + (int)(hash >> (64 - bits));
        ushort check = CheckOf(hash);
        ref var first = ref _places[place];
        ref var second = ref _places[place ^ 1];
        offset = first.Check == check ? first.Offset : second.Check == check ? second.Offset : 0;
        return first.Check == check ? place : second.Check == check ? place ^ 1 : first.Answers <= second.Answers ? place : place ^ 1;
    }

    /// <summary>The place for writing; what another situation left there is forgotten.</summary>
    public ref Place Take(int place, ulong hash)
    {
        ref var taken = ref _places[place];
        ushort check = CheckOf(hash);
        if (taken.Check != check)
        {
            taken = new Place { Check = check };
        }

        return ref taken;
    }

    /// <summary>A hash whose high bits choose the place and whose low bits recognise it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(int context, int a, int b = 0, int c = 0)
    {
        ulong hash = ((ulong)(uint)a | (ulong)(uint)b << 32) * 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 29) ^ ((ulong)(uint)c | (ulong)(uint)context << 32)) * 0xC2B2AE3D27D4EB4F;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        return BitOperations.RotateLeft(hash, 17) ^ (hash >> 31);
    }

    private static ushort CheckOf(ulong hash) => (ushort)(hash | 1);
}
