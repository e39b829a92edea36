using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tripos.Measurement.Prediction;

/// <summary>
/// Log odds from the inputs, learnt online: the mean of three linear blends, whose weights are chosen by the situation (as in PAQ's mixers), plus a small network of rectified units for
/// what is not linear. One gradient of the log loss moves everything, each weight by its own Adagrad step.
/// </summary>
/// <remarks>Sums are taken in eight lanes in a fixed order, whatever the processor offers, so that results do not depend on it.</remarks>
internal sealed class Blend
{
    private const int Sets = 3;
    private const int Units = 32;
    private const int Width = Inputs.Count;
    private const int ByGap = 128;
    private const int ByRecent = 128;
    private const int BySkill = 1024; // skills after these share the last weights
    private const float SetRate = 0.04f;
    private const float UnitRate = 0.05f;
    private const float Leak = 0.01f;

    // Each row is the weights, then the sums of their squared gradients.
    private readonly float[] _sets = new float[(ByGap + ByRecent + BySkill) * 2 * Width];
    private readonly float[] _units = new float[Units * 2 * Width];
    private readonly float[] _tops = new float[Units * 2];
    private readonly float[] _activations = new float[Units];
    private readonly int[] _rows = new int[Sets];

    public Blend()
    {
        for (int row = 0; row < _sets.Length; row += 2 * Width)
        {
            _sets[row] = 1; // start as the Elo underneath, with something of every context
            _sets.AsSpan(row + Inputs.FirstContext, Situation.Contexts).Fill(0.15f);
            _sets.AsSpan(row + Width, Width).Fill(0.1f);
        }

        for (int unit = 0; unit < Units; unit++)
        {
            for (int i = 0; i < Width; i++)
            {
                _units[unit * 2 * Width + i] = 0.3f * Scatter(unit * Width + i);
            }

            _units.AsSpan(unit * 2 * Width + Width, Width).Fill(1);
            (_tops[unit], _tops[Units + unit]) = (0.1f * Scatter(-1 - unit), 1);
        }
    }

    /// <summary>Chooses the weights of a situation, to predict and to learn with.</summary>
    public void Choose(Situation s)
    {
        int own = Contexts.Own(s), recent = Contexts.Recent(s.OnSkill.Bits, s.OnSkill.Answers, 3);
        _rows[0] = (s.ItemDistance + own * 16) & 63 | (s.SkillRun > 0 ? 64 : 0);
        _rows[1] = ByGap + (recent | Math.Min(s.SkillRun, 3) << 5 & 96);
        _rows[2] = ByGap + ByRecent + Math.Min(s.SkillNumber, BySkill - 1);
    }

    public float Predict(float[] inputs)
    {
        float sum = 0;
        foreach (int row in _rows)
        {
            sum += Dot(ref _sets[row * 2 * Width], ref inputs[0]);
        }

        sum /= Sets;
        for (int unit = 0; unit < Units; unit++)
        {
            float activation = Dot(ref _units[unit * 2 * Width], ref inputs[0]);
            _activations[unit] = activation > 0 ? activation : Leak * activation;
            sum += _activations[unit] * _tops[unit];
        }

        return sum;
    }

    /// <summary>Moves every weight that had a part in the last prediction.</summary>
    /// <param name="inputs">Those of the prediction.</param>
    /// <param name="slope">Of the log likelihood of the outcome with regard to the log odds.</param>
    public void Learn(float[] inputs, float slope)
    {
        foreach (int row in _rows)
        {
            Step(ref _sets[row * 2 * Width], ref inputs[0], slope, SetRate);
        }

        for (int unit = 0; unit < Units; unit++)
        {
            float activation = _activations[unit], down = slope * _tops[unit], up = slope * activation;
            _tops[Units + unit] += up * up;
            _tops[unit] += UnitRate * up / MathF.Sqrt(_tops[Units + unit]);
            if (activation > 0) // the little that leaks back through a closed unit is not worth its time
            {
                Step(ref _units[unit * 2 * Width], ref inputs[0], down, UnitRate);
            }
        }
    }

    public void Save(BinaryWriter writer)
    {
        Binary.Write<float>(writer, _sets);
        Binary.Write<float>(writer, _units);
        Binary.Write<float>(writer, _tops);
    }

    public void Load(BinaryReader reader)
    {
        foreach (float[] weights in (float[][])[_sets, _units, _tops])
        {
            float[] read = Binary.Read<float>(reader);
            (read.Length == weights.Length ? read : throw Binary.Damaged()).CopyTo(weights, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Dot(ref float weights, ref float inputs)
    {
        var sum = Vector256<float>.Zero;
        for (nuint i = 0; i < Width; i += 8)
        {
            sum += Vector256.LoadUnsafe(ref weights, i) * Vector256.LoadUnsafe(ref inputs, i);
        }

        return Vector256.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(ref float weights, ref float inputs, float slope, float rate)
    {
        var by = Vector256.Create(slope);
        var step = Vector256.Create(rate * slope);
        for (nuint i = 0; i < Width; i += 8)
        {
            var input = Vector256.LoadUnsafe(ref inputs, i);
            var gradient = by * input;
            var squares = Vector256.LoadUnsafe(ref weights, i + Width) + gradient * gradient;
            squares.StoreUnsafe(ref weights, i + Width);
            (Vector256.LoadUnsafe(ref weights, i) + step * input / Vector256.Sqrt(squares)).StoreUnsafe(ref weights, i);
        }
    }

    // A fixed number in -1 to 1 for each n: the units have to start out different, and the same in every run.
    private static float Scatter(int n) => (ContextTable.Hash(99, n) >> 40) / (float)(1 << 23) - 1;
}
