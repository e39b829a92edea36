namespace Tripos.Server.Features.Live;

/// <summary>How a question went in a session, over the attempts that are graded.</summary>
/// <param name="Number">Its place in the test; learners may have seen another order.</param>
/// <param name="Title">The beginning of what it asks, without markup.</param>
/// <param name="Asked">Graded attempts that asked it.</param>
/// <param name="Answered">Those with an answer.</param>
/// <param name="Facility">Mean share of the points earned, 0 to 1; null while nobody's answer is decided.</param>
/// <param name="Discrimination">Correlation of its score with the score on the rest (corrected), -1 to 1; null with fewer than <see cref="FewestToJudge"/> people, without any spread, or where not everybody was asked.</param>
/// <param name="MeanMs">Mean time of those who answered.</param>
/// <param name="Undecided">Answers nobody has evaluated yet; they are left out.</param>
/// <param name="Options">Empty where there is nothing to choose.</param>
public sealed record SessionItem(
    int Number, int VersionId, int QuestionId, string Kind, string Title, int Asked, int Answered, double? Facility, double? Discrimination, double? MeanMs, int Undecided, IReadOnlyList<SessionItem.Option> Options)
{
    /// <summary>With fewer people a correlation says nothing; the same as on the pages of authors.</summary>
    public const int FewestToJudge = 10;

    /// <param name="Text">Without markup.</param>
    /// <param name="Share">Of those who were asked, 0 to 1.</param>
    /// <param name="IsWorking">A wrong option that draws at least 5 %, and the less able more; null where that cannot be said.</param>
    public sealed record Option(string Id, string Text, int Count, double Share, bool IsKey, bool? IsWorking);
}
