using Tripos.Evaluation.Speech;

namespace Tripos.Evaluation.Tests.Speech;

public sealed class HypsegTests
{
    [Fact]
    public void Pieces_have_times_fits_and_kinds_and_sounds_that_touch_are_one()
    {
        var pieces = Hypseg.Parse("sound S 0 T -41489 A -36996 L -4493 0 -538 -7 the 12 0 -459 (NULL) 13 -400 -311 <sil> 33 -480 -7 to(2) 43 -520 -230 _S_ 56 -220 -230 _K_ 66", 1);

        Assert.Equal(
            [
                new(PieceKind.Word, "the", 0, 120, -538 / 12.0), new(PieceKind.Silence, "", 130, 330, -20), new(PieceKind.Word, "to", 330, 430, -48),
                new(PieceKind.Other, "", 430, 660, -740 / 23.0),
            ], pieces.Select(piece => piece with { Fit = Math.Round(piece.Fit, 6) }), (one, other) => one with { Fit = Math.Round(one.Fit, 6) } == other);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sound S 0 T 0 A 0 L 0")]
    [InlineData("something else altogether that is no line of this kind")]
    [InlineData("sound S 0 T 0 A 0 L 0 x y z w v")]
    public void A_line_without_pieces_gives_none(string line) => Assert.Empty(Hypseg.Parse(line, 1));
}
