using Tripos.Measurement.Irt;

namespace Tripos.Measurement.Tests.Irt;

/// <summary>Section 6 of the Law School Admission Test: 1,000 people, five items (Bock and Lieberman 1970, table 1).</summary>
internal static class Lsat6
{
    // People per pattern of answers, from 00000 to 11111.
    private static readonly int[] Counts = [3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298];

    public static AnswerTable Table()
    {
        var table = new AnswerTable(5);
        for (int pattern = 0; pattern < Counts.Length; pattern++)
        {
            if (Counts[pattern] > 0)
            {
                table.Add([.. Enumerable.Range(0, 5).Select(item => (sbyte)((pattern >> (4 - item)) & 1))], Counts[pattern]);
            }
        }

        return table;
    }
}
