using System.Security.Cryptography;
using System.Text;
using Tripos.Questions;

namespace Tripos.Scoring.Tests;

/// <summary>Profiles are data: the shipped ones never change, and what is wrong with one is said.</summary>
public sealed class ProfileTests
{
    public static TheoryData<string> Names => [.. ScoringProfiles.All.Select(profile => profile.Name)];

    [Theory]
    // A published profile never changes: results were computed with it. Correct a mistake with a new file under a new name.
    [InlineData("percentage", "315d2bc10970bf11a14793a79072b43665d29636264d3abb3f2dae08004de0a5")]
    [InlineData("pass-mark", "28124f3537062d5cd67759c67bc55117a98a88f3d61bf5f4c0a4dde6663593df")]
    [InlineData("pte-2025-08", "4bbb027ddfb5e23b639e850f154bd0dd3021552ad46acc5114fc3600906256f8")]
    [InlineData("pte-2023", "3daa601c11c6f6f65e7ad1cc4c5d529294f37a05ad6238273591d5eee8b878c6")]
    public void A_published_profile_never_changes(string name, string sha256) =>
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ScoringProfiles.JsonOf(name)))));

    [Fact]
    public void Every_shipped_profile_is_found_by_its_name()
    {
        Assert.All(ScoringProfiles.All, profile => Assert.Same(profile, ScoringProfiles.Find(profile.Name)));
        Assert.Same(ScoringProfiles.Percentage, ScoringProfiles.Find(null));
        Assert.Throws<KeyNotFoundException>(() => ScoringProfiles.Find("pte-1999"));
    }

    [Theory]
    [InlineData("pte-2025-08", 23)]
    [InlineData("pte-2023", 21)]
    public void A_test_profile_scores_and_places_all_of_its_kinds(string name, int kinds)
    {
        var profile = ScoringProfiles.Find(name);
        var placed = profile.Parts.SelectMany(part => part.Items).ToList();

        Assert.Equal(kinds, profile.Kinds.Count);
        Assert.Equal(profile.Kinds.Keys.Order(), placed.Select(items => items.Kind).Order());
        Assert.All(profile.Kinds.Where(kind => kind.Value.Rule != "unscored"), kind => Assert.NotEmpty(kind.Value.Skills));
        Assert.All(profile.Kinds, kind => Assert.NotEmpty(kind.Value.Sources));
    }

    [Fact]
    public void A_whole_test_since_August_2025_has_65_to_75_questions() =>
        Assert.InRange(ScoringProfiles.Find("pte-2025-08").Parts.SelectMany(part => part.Items).Where(items => items.Kind != "pte-personal-introduction").Sum(items => items.Mock), 65, 75);

    [Theory]
    // the item table: maxima since August 2025 and before
    [InlineData("pte-read-aloud", 15, 15)]
    [InlineData("pte-repeat-sentence", 13, 13)]
    [InlineData("pte-describe-image", 16, 15)]
    [InlineData("pte-retell-lecture", 16, 15)]
    [InlineData("pte-answer-short-question", 1, 1)]
    [InlineData("pte-summarize-written-text", 9, 7)]
    [InlineData("pte-write-essay", 26, 15)]
    [InlineData("pte-summarize-spoken-text", 12, 10)]
    public void Traits_add_up_to_the_points_of_the_table(string kind, double since, double before)
    {
        Assert.Equal(since, ScoringProfiles.Find("pte-2025-08").Kinds[kind].Traits.Sum(trait => trait.Max));
        Assert.Equal(before, ScoringProfiles.Find("pte-2023").Kinds[kind].Traits.Sum(trait => trait.Max));
    }

    [Theory]
    // what August 2025 changed
    [InlineData("pte-read-aloud", "speaking", "reading, speaking")]
    [InlineData("pte-answer-short-question", "listening", "listening, speaking")]
    [InlineData("pte-reading-writing-fill-blanks", "reading", "reading, writing")]
    // what it did not
    [InlineData("pte-write-from-dictation", "listening, writing", "listening, writing")]
    [InlineData("pte-summarize-written-text", "reading, writing", "reading, writing")]
    [InlineData("pte-highlight-incorrect-words", "listening, reading", "listening, reading")]
    public void A_kind_feeds_the_skills_of_the_table(string kind, string since, string before)
    {
        Assert.Equal(since, string.Join(", ", ScoringProfiles.Find("pte-2025-08").Kinds[kind].Skills.Keys.Order()));
        Assert.Equal(before, string.Join(", ", ScoringProfiles.Find("pte-2023").Kinds[kind].Skills.Keys.Order()));
    }

    [Theory]
    [InlineData("""{"name": "x", "title": "X", "kinds": {"no-such-kind": {"rule": "traits"}}}""", "There is no kind \"no-such-kind\".")]
    [InlineData("""{"name": "x", "title": "X", "kinds": {"essay": {"rule": "guess"}}}""", "essay has no rule \"guess\"; choose from traits, unscored.")]
    [InlineData("""{"name": "x", "title": "X", "kinds": {"multiple-choice": {"rule": "exact"}}}""", "choose from all-or-nothing, by-question, points, right-minus-wrong, unscored.")]
    [InlineData("""{"name": "x", "title": "X", "kinds": {"essay": {"rule": "traits", "traits": [{"name": "a", "title": "A", "max": -1}]}}}""", "essay, trait \"a\": -1 points are possible")]
    [InlineData("""{"name": "x", "title": "X", "kinds": {"essay": {"rule": "traits", "traits": [{"name": "a", "title": "A", "max": 1}, {"name": "a", "title": "A", "max": 1}]}}}""", "a name of its own")]
    [InlineData("""{"name": "x", "title": "X", "kinds": {"essay": {"rule": "traits", "traits": [{"name": "a", "title": "A", "max": 1, "spelling": [2]}]}}}""", "points must be between 0 and 1")]
    [InlineData("""{"name": "x", "title": "X", "kinds": {"essay": {"rule": "traits", "traits": [{"name": "a", "title": "A", "max": 1, "form": {"bands": [{"points": 1, "minWords": 9, "maxWords": 5}]}}]}}}""", "no text has 9 to 5 words")]
    [InlineData("""{"name": "x", "title": "X", "kinds": {"essay": {"rule": "traits", "traits": [{"name": "a", "title": "A", "max": 1, "form": {"bands": [], "refuses": ["rhymes"]}}]}}}""", "\"rhymes\" is unknown")]
    [InlineData("""{"name": "x", "title": "X", "kinds": {"numeric": {"rule": "tolerance", "traits": [{"name": "a", "title": "A", "max": 1}]}}}""", "numeric is right or wrong")]
    [InlineData("""{"name": "x", "title": "X", "kinds": {"essay": {"rule": "traits", "weight": 0}}}""", "essay has the weight 0")]
    [InlineData("""{"name": "x", "title": "X", "kinds": {"essay": {"rule": "traits", "skills": {"dancing": 1}}}}""", "essay feeds \"dancing\"")]
    [InlineData("""{"name": "x", "title": "X", "scale": {"min": 90, "max": 10}, "scores": [{"name": "overall", "title": "Overall", "from": "all"}]}""", "The scale goes from 90 to 10")]
    [InlineData("""{"name": "x", "title": "X", "scale": {"min": 10, "max": 90}}""", "both a scale and scores, or neither")]
    [InlineData("""{"name": "x", "title": "X", "passPercent": 101}""", "The pass mark is 101 %")]
    [InlineData("""{"name": "x", "title": "X", "parts": [{"name": "p", "title": "P", "timeLimitMs": null, "items": [{"kind": "essay", "min": 1, "max": 2, "mock": 3}]}]}""", "draws 3 of essay; it must be from 1 to 2")]
    [InlineData("""{"name": "x", "title": "X", "parts": [{"name": "p", "title": "P", "timeLimitMs": 0, "items": []}]}""", "it must be more than 0")]
    [InlineData("""{"name": "x", "title": "X", "wieght": 1}""", "wieght")]
    [InlineData("""{"name": "x"}""", "title")]
    [InlineData("""{"name": "x", "title": null}""", "title")]
    [InlineData("""{"name": "x", "title": "X", "kinds": {"essay": null}}""", "essay has no rule.")]
    [InlineData("""{"name": "x", "title": "X", "kinds": {"essay": {"rule": "traits", "traits": [{"name": "a", "title": "A"}]}}}""", "max")]
    [InlineData("""{"name": "", "title": "X"}""", "needs a name")]
    [InlineData("{\n  \"name\": ", "Line 2")]
    public void What_is_wrong_with_a_profile_is_said(string json, string fault)
    {
        var (profile, faults) = ProfileReader.Read(json);

        Assert.Null(profile);
        Assert.Contains(fault, string.Join(" ", faults), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shipped_profile_names_what_it_assumes(string name)
    {
        var profile = ScoringProfiles.Find(name);

        Assert.Equal(profile.Scale is not null, profile.Flags.Count > 0);
        Assert.True(profile.Scale is null || profile.Notice!.Contains("estimate", StringComparison.Ordinal));
        Assert.All(profile.Kinds.Keys, kind => Assert.True(QuestionKinds.TryFind(kind, out _)));
    }
}
