using Tripos.Measurement.Ratings;
using Tripos.Questions;
using Tripos.Server.Features.Folds;

namespace Tripos.Server.Features.Practice;

/// <summary>A question that may be practised, as far as choosing it needs to know.</summary>
/// <param name="Topic"><see cref="LoggedResponse.NoTopic"/> for none.</param>
/// <param name="IsLive">False while it is experimental: then it is asked only to find out how hard it is.</param>
/// <param name="Rating">Relative to its topic.</param>
/// <param name="Guess">Chance of being right without knowing.</param>
/// <param name="Learners">How many have answered it.</param>
public sealed record PracticeItem(
    int QuestionId, int VersionId, int Topic, bool IsLive, QuestionKind Kind, Rating Rating, double Guess, int ExpectedMs, string[] Tags, int Learners)
{
    /// <summary>How hard it is known to be: enough answers, of enough people, agree.</summary>
    public bool IsSettled => SettledRating.Is(Rating.Deviation, Rating.Answers, Learners);

    /// <summary>A rule decides the whole answer at once, so that ability can be measured by it.</summary>
    public bool IsMeasuring => Kind.Interaction is not ("written" or "code");

    /// <summary>Questions that need a microphone, and texts without a question, are not chosen by themselves.</summary>
    public static bool CanBeChosen(QuestionKind kind) => kind.Interaction is not ("spoken" or "description");
}

/// <summary>A topic with the questions practice can choose from.</summary>
/// <param name="Rating">How hard its questions are on the whole.</param>
/// <param name="Live">Easiest first.</param>
/// <param name="Unsettled">Live and experimental ones whose difficulty is not settled.</param>
/// <param name="Guess">Mean chance of guessing a live one.</param>
public sealed record PracticeTopic(int Id, string Name, int? ModuleId, string Module, Rating Rating, PracticeItem[] Live, PracticeItem[] Unsettled, double Guess);

/// <summary>Everything that can be practised at one moment; never changed.</summary>
public sealed record PracticeCatalogue(IReadOnlyDictionary<int, PracticeItem> Items, IReadOnlyDictionary<int, PracticeTopic> Topics)
{
    /// <summary>The topics with questions, in a fixed order; all of them when none is asked for.</summary>
    public PracticeTopic[] InScope(IReadOnlyCollection<int> topicIds) =>
        [.. Topics.Values.Where(topic => topic.Live.Length + topic.Unsettled.Length > 0 && (topicIds.Count == 0 || topicIds.Contains(topic.Id))).OrderBy(topic => topic.Id)];
}
