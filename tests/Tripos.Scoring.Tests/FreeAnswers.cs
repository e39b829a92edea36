using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Scoring.Tests;

/// <summary>Scores free answers in tests.</summary>
public static class FreeAnswers
{
    public static ItemScore Score(string kind, Written body, string text, ScoringResources? resources = null, string profile = "pte-2025-08") =>
        Scorer.Score(QuestionKinds.Find(kind), body, JsonSerializer.SerializeToElement(new { text }), ScoringProfiles.Find(profile), resources ?? EnglishDictionaries.Resources);
}
